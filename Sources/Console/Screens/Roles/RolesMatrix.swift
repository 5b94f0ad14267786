import Access
import TerminalKit

/// A row of the matrix: a role as it is, and as it would be.
struct RolesMatrixRow: Hashable, Sendable {
  /// Nil for a role that is to be added.
  let before: Role?
  /// Nil for a role that is to be removed.
  let after: Role?

  /// All roles, those to be removed in their places, those to be added last.
  static func all(of draft: RolesDraft) -> [RolesMatrixRow] {
    draft.policy.roles.map { RolesMatrixRow(before: $0, after: draft.staged.role($0.id)) }
      + draft.staged.roles.filter { draft.policy.role($0.id) == nil }
      .map { RolesMatrixRow(before: nil, after: $0) }
  }

  var id: Identifier<Role> { role.id }

  /// As it would be; as it is where it is to be removed.
  var role: Role { after ?? before ?? .member }

  var name: SafeText {
    guard let before, let after, before.name != after.name else { return SafeText(role.name) }
    return SafeText(after.name) + " (was " + SafeText(before.name) + ")"
  }

  enum Cell: Hashable, Sendable {
    case fixed, granted, none, toGrant, toWithdraw

    var glyph: SafeText {
      switch self {
      case .fixed: "="
      case .granted: "*"
      case .none: "."
      case .toGrant: "+"
      case .toWithdraw: "-"
      }
    }

    var style: Style {
      switch self {
      case .fixed, .none: .muted
      case .granted: .plain
      case .toGrant: Style(.ok, .bold)
      case .toWithdraw: Style(.warning, .bold)
      }
    }

    var words: SafeText {
      switch self {
      case .fixed: "fixed"
      case .granted: "granted"
      case .none: "not granted"
      case .toGrant: "to be granted"
      case .toWithdraw: "to be withdrawn"
      }
    }
  }

  func cell(_ permission: Permission) -> Cell {
    if role.isFixed { return .fixed }
    let was = before?.permissions.contains(permission) ?? false
    let willBe = after?.permissions.contains(permission) ?? false
    return switch (was, willBe) {
    case (true, true): .granted
    case (false, false): .none
    case (false, true): .toGrant
    case (true, false): .toWithdraw
    }
  }
}

/// Where the columns of the matrix stand on a width: names give way, permissions never.
struct RolesMatrixLayout: Hashable, Sendable {
  let name: Range<Int>
  /// One for each permission.
  let cells: [Range<Int>]
  /// Where the numbers of accounts end.
  let end: Int
  let titles: [SafeText]

  static let wide: [SafeText] = [
    "API", "Create", "Tokens", "Review", "Audit", "Settings", "Access",
  ]
  static let accounts: SafeText = "Accounts"

  init(columns: Int) {
    let isWide = columns >= 76
    titles =
      isWide ? Self.wide : ["API", "New", "Tok", "Rev", "Aud", "Set", "Acc"]
    let words = titles.reduce(0) { $0 + $1.width }
    // The mark and the cursor in front, a blank at the end.
    let room = columns - 3 - words - Self.accounts.width
    let gap = max(min((room - 20) / (titles.count + 1), 3), 1)
    let width = max(min(room - gap * (titles.count + 1), 40), 1)
    name = 2..<2 + width
    var start = name.upperBound
    var cells: [Range<Int>] = []
    for title in titles {
      start += gap
      cells.append(start..<start + title.width)
      start += title.width
    }
    self.cells = cells
    end = start + gap + Self.accounts.width
  }
}
