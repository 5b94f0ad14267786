import Access

extension JSONValue {
  init(_ row: RoleRow) {
    self = [
      "id": .string(row.role.id.text),
      "name": .string(row.role.name),
      "permissions": JSONValue(row.role.permissions.sorted.map(\.rawValue)),
      "built_in": .bool(row.role.isBuiltIn),
      "accounts": JSONValue(row.accounts),
    ]
  }
}

extension Listing<RoleRow> {
  /// The matrix: a row for each role, a column for each permission.
  static var roles: Self {
    let matrix = Permission.allCases.map { permission in
      Column<RoleRow>(permission.rawValue) { row in
        guard row.role.permissions.contains(permission) else { return Cell(".", .muted) }
        return row.role.isFixed ? "=" : "*"
      }
    }
    return Listing(
      columns: [Column("Role") { Cell($0.role.name) }] + matrix
        + [Column("Accounts", alignsRight: true) { Cell(grouped($0.accounts)) }],
      json: { JSONValue($0) }, empty: "There are no roles.")
  }
}
