/// The columns of the matrix: what a role may let its accounts do.
package enum Permission: String, CaseIterable, Comparable, Sendable {
  case useAPI = "use-api"
  case createTokens = "create-tokens"
  case manageTokens = "manage-tokens"
  case reviewMigration = "review-migration"
  case viewAudit = "view-audit"
  case manageSettings = "manage-settings"
  case manageAccess = "manage-access"

  /// The name on screens and in messages.
  package var name: String {
    switch self {
    case .useAPI: "Use REST API"
    case .createTokens: "Create tokens"
    case .manageTokens: "Manage all tokens"
    case .reviewMigration: "Review migration"
    case .viewAudit: "View audit"
    case .manageSettings: "Manage settings"
    case .manageAccess: "Manage roles and accounts"
    }
  }

  package static func < (left: Self, right: Self) -> Bool {
    left.column < right.column
  }

  fileprivate var column: Int {
    switch self {
    case .useAPI: 0
    case .createTokens: 1
    case .manageTokens: 2
    case .reviewMigration: 3
    case .viewAudit: 4
    case .manageSettings: 5
    case .manageAccess: 6
    }
  }
}

/// A set of permissions that is cheap to unite on every request.
package struct PermissionSet: Hashable, Sendable, ExpressibleByArrayLiteral {
  private var bits: UInt8 = 0

  package init() {}

  package init(_ permissions: some Sequence<Permission>) {
    for permission in permissions { insert(permission) }
  }

  package init(arrayLiteral elements: Permission...) {
    self.init(elements)
  }

  package static let all = PermissionSet(Permission.allCases)

  package var isEmpty: Bool { bits == 0 }

  package func contains(_ permission: Permission) -> Bool {
    bits & (1 << UInt8(permission.column)) != 0
  }

  package func isSuperset(of other: PermissionSet) -> Bool { bits & other.bits == other.bits }

  package func isDisjoint(with other: PermissionSet) -> Bool { bits & other.bits == 0 }

  package mutating func insert(_ permission: Permission) { bits |= 1 << UInt8(permission.column) }

  package mutating func remove(_ permission: Permission) {
    bits &= ~(1 << UInt8(permission.column))
  }

  package mutating func formUnion(_ other: PermissionSet) { bits |= other.bits }

  package func union(_ other: PermissionSet) -> PermissionSet {
    var union = self
    union.formUnion(other)
    return union
  }

  package func subtracting(_ other: PermissionSet) -> PermissionSet {
    var rest = self
    rest.bits &= ~other.bits
    return rest
  }

  /// In the order of the matrix's columns.
  package var sorted: [Permission] { Permission.allCases.filter(contains) }
}
