/// Who is at the console or the command line, and what every screen shows of the site.
package struct Session: Hashable, Sendable {
  package let account: Account
  package let permissions: PermissionSet
  package let roleNames: [String]
  package let standing: Standing
  /// The number of the last audit row: moves with every change, whatever it was.
  package let lastChange: Int64
  package let at: Instant
  /// Nil in the first session of a console, until it was read after the first frame.
  package let surroundings: Surroundings?

  package init(
    account: Account, permissions: PermissionSet, roleNames: [String], standing: Standing,
    lastChange: Int64, at: Instant, surroundings: Surroundings?
  ) {
    self.account = account
    self.permissions = permissions
    self.roleNames = roleNames
    self.standing = standing
    self.lastChange = lastChange
    self.at = at
    self.surroundings = surroundings
  }

  package var policy: Policy { standing.policy }

  package var contact: Contact { surroundings?.contact ?? .notRead }

  package func may(_ permission: Permission) -> Bool { permissions.contains(permission) }
}

/// What of a session no first frame waits for.
package struct Surroundings: Hashable, Sendable {
  package let contact: Contact
  /// Requests refused within the last hour, for those who may review them; else 0.
  package let refusedLastHour: Int64
  /// When a request was last counted: moves while there is traffic.
  package let lastTraffic: Instant?

  package init(contact: Contact, refusedLastHour: Int64 = 0, lastTraffic: Instant? = nil) {
    self.contact = contact
    self.refusedLastHour = refusedLastHour
    self.lastTraffic = lastTraffic
  }
}

/// Somebody who can grant what is missing.
package enum Contact: Hashable, Sendable {
  case notRead
  case nobody
  case named(String)

  package init(_ name: String?) { self = name.map(Contact.named) ?? .nobody }

  package var name: String? {
    if case .named(let name) = self { name } else { nil }
  }
}
