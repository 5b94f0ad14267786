/// Somebody, or something, that may hold credentials.
package struct Account: Hashable, Sendable, Identifiable {
  package let id: Identifier<Account>
  package let login: Login
  package var name: String
  package var mail: String
  package var kind: AccountKind
  /// Who answers for it; a service account without one is a migration warning.
  package var contact: String
  package var isActive: Bool
  /// By id, ascending; roles absent from the policy in force are kept and grant nothing.
  package var roles: [Identifier<Role>]
  package var hasPassword: Bool

  package init(
    id: Identifier<Account>, login: Login, name: String = "", mail: String = "",
    kind: AccountKind = .person, contact: String = "", isActive: Bool = true,
    roles: [Identifier<Role>] = [], hasPassword: Bool = false
  ) {
    self.id = id
    self.login = login
    self.name = name
    self.mail = mail
    self.kind = kind
    self.contact = contact
    self.isActive = isActive
    self.roles = roles
    self.hasPassword = hasPassword
  }
}

package enum AccountKind: String, CaseIterable, Sendable { case person, service }

/// An account's state as lists and scripts name it.
package enum AccountState: String, CaseIterable, Sendable { case active, deactivated }

/// What somebody types to add an account, or a row of an import.
package struct AccountDraft: Hashable, Sendable {
  package var login: Login
  package var name: String
  package var mail: String
  package var kind: AccountKind
  package var contact: String
  /// Names or ids of roles, resolved against the policy in force.
  package var roles: [String]

  package init(
    login: Login, name: String = "", mail: String = "", kind: AccountKind = .person,
    contact: String = "", roles: [String] = []
  ) {
    self.login = login
    self.name = name
    self.mail = mail
    self.kind = kind
    self.contact = contact
    self.roles = roles
  }

  /// The draft with its texts checked and normalised.
  package func checked() throws(NameError) -> AccountDraft {
    var draft = self
    draft.name = try VisibleName.text(name, what: "name", limit: 128)
    draft.mail = try VisibleName.text(mail, what: "mail", limit: 254)
    draft.contact = try VisibleName.text(contact, what: "contact", limit: 128)
    return draft
  }
}

/// What changes of an account; nil leaves a member as it is.
package struct AccountEdits: Hashable, Sendable {
  package var name: String?
  package var mail: String?
  package var kind: AccountKind?
  package var contact: String?
  /// Replaces all roles.
  package var roles: [String]?

  package init(
    name: String? = nil, mail: String? = nil, kind: AccountKind? = nil, contact: String? = nil,
    roles: [String]? = nil
  ) {
    self.name = name
    self.mail = mail
    self.kind = kind
    self.contact = contact
    self.roles = roles
  }
}

/// Why something about an account is refused.
package enum AccountError: Failure, Equatable {
  case unknown(String)
  case exists(Login)
  case lastAdministrator(Login?, pendingRevision: Int?)
  case notPermitted(Login, Permission, contact: String?)
  case inactive(Login)
  case ownPasswordOnly
  case passwordLength(Int)
  case noChange(Login)

  package var description: String {
    switch self {
    case .unknown(let text):
      "There is no account “\(Visible.text(text))”. `gatehouse account list` shows them; --account LOGIN names another."
    case .exists(let login): "There is already an account “\(login)”. Choose another login."
    case .lastAdministrator(let login, let pending):
      """
      Nobody active would be left who can manage settings and accounts\
      \(login.map { " without “\($0)”" } ?? "")\
      \(pending.map { ", now or once revision \($0) takes itself back" } ?? ""). \
      Give somebody else both permissions first.
      """
    case .notPermitted(let login, let permission, let contact):
      """
      “\(login)” may not do this: no role grants \(permission.name).\
      \(contact.map { " \($0) can grant it." } ?? "")
      """
    case .inactive(let login): "The account “\(login)” is deactivated. Reactivate it first."
    case .ownPasswordOnly:
      "Only its owner, or somebody with \(Permission.manageAccess.name), can set this password."
    case .passwordLength(let length):
      "A password has 8 to 1,024 bytes; this one has \(length)."
    case .noChange(let login): "Nothing would change for “\(login)”: it is so already."
    }
  }

  package var exitCode: ExitCode {
    switch self {
    case .notPermitted, .ownPasswordOnly: .notPermitted
    default: .refused
    }
  }
}
