import Access
import TerminalKit

/// All that is said of an account.
struct AccountFacts {
  private(set) var facts: [Fact] = []

  /// What a row of a list knows.
  init(_ row: AccountRow, _ policy: Policy) {
    addIdentity(name: row.name, kind: row.kind, isActive: row.isActive)
    addRoles(row.roles)
    addPermissions(policy.permissions(of: row.roles.compactMap { policy.role(named: $0)?.id }))
    add("Password", row.hasPassword ? "set" : "none", row.hasPassword ? .plain : .muted)
  }

  init(_ details: AccountDetails, _ scene: Scene) {
    let account = details.account
    addIdentity(name: account.name, kind: account.kind, isActive: account.isActive)
    add("Mail", account.mail.isEmpty ? "none" : SafeText(account.mail), account.mail.isEmpty)
    if account.contact.isEmpty {
      let isService = account.kind == .service
      add(
        "Contact", isService ? "none: nobody answers for it" : "none",
        isService ? .warning : .muted)
    } else {
      add("Contact", SafeText(account.contact))
    }
    let policy = scene.session.policy
    let absent = account.roles.filter { policy.role($0) == nil }.map { "\($0) (absent)" }
    addRoles(policy.roles.filter { account.roles.contains($0.id) }.map(\.name) + absent)
    addPermissions(details.permissions)
    add("Password", account.hasPassword ? "set" : "none", !account.hasPassword)
    if let integration = details.integration {
      let isPast = integration.isPastReview(at: scene.now)
      add(
        "Essential",
        SafeText(integration.purpose) + ", review by \(integration.reviewDate)"
          + (isPast ? ", past" : ""), isPast ? .danger : .plain)
    }
  }

  func lines(columns: Int) -> [ScrollText.Line] { facts.lines(columns: columns) }

  private mutating func addIdentity(name: String, kind: AccountKind, isActive: Bool) {
    add("Name", name.isEmpty ? "none" : SafeText(name), name.isEmpty)
    add("Kind", kind == .person ? "person" : "service")
    add(
      "State", isActive ? "active" : "deactivated: all it holds is refused",
      isActive ? .ok : .danger)
  }

  private mutating func addRoles(_ names: [String]) {
    for (index, name) in names.enumerated() {
      let isAbsent = name.hasSuffix(" (absent)")
      add(index == 0 ? "Roles" : "", SafeText(name), isAbsent ? .warning : .plain)
    }
    if names.isEmpty { add("Roles", "none", .muted) }
  }

  private mutating func addPermissions(_ permissions: PermissionSet) {
    let names = permissions.sorted.map { SafeText($0.name) }
    add("May", permissions.isEmpty ? "nothing" : names.joined(by: ", "), permissions.isEmpty)
  }

  private mutating func add(_ name: SafeText, _ text: SafeText, _ style: Style = .plain) {
    facts.append(Fact(name: name, text: text, style: style))
  }

  private mutating func add(_ name: SafeText, _ text: SafeText, _ isMuted: Bool) {
    add(name, text, isMuted ? .muted : .plain)
  }
}
