import Access

/// One system property with its value.
struct PropertyRow {
  let key: PropertyKey
  let value: String

  var isDefault: Bool { value == key.defaultText }

  static func all(of properties: SystemProperties) -> [PropertyRow] {
    PropertyKey.allCases.map { PropertyRow(key: $0, value: properties[$0]) }
  }
}

extension JSONValue {
  init(_ row: PropertyRow) {
    self = [
      "key": .string(row.key.rawValue),
      "value": .string(row.value),
      "default": .string(row.key.defaultText),
      "is_default": .bool(row.isDefault),
      "type": .string(row.key.kind.rawValue.replacing(" ", with: "_")),
      "description": .string(row.key.summary),
    ]
  }

  init(_ expiration: ExpirationPolicy, roles: [Role]) {
    self = [
      "offered": JSONValue(expiration.offered.map(\.description)),
      "default": .string(expiration.defaultLifetime.description),
      "maximum": .string(expiration.maximum.description),
      "unlimited": .bool(expiration.allowsUnlimited),
      "idle": JSONValue(expiration.idleLimit?.description),
      "role_maxima": .array(
        expiration.maxima(named: roles).map { id, name, maximum in
          [
            "id": .string(id.text), "role": .string(name),
            "maximum": .string(maximum.description),
          ]
        }),
    ]
  }
}

extension Listing<PropertyRow> {
  static var properties: Self {
    Listing(
      columns: [
        Column("Key") { Cell($0.key.rawValue) },
        Column("Value") { Cell($0.value, $0.isDefault ? .plain : .strong) },
        Column("") { $0.isDefault ? Cell("default", .muted) : "changed" },
        Column("Meaning") { Cell($0.key.summary) },
      ],
      json: { JSONValue($0) }, empty: "There are no properties.")
  }
}

extension ExpirationPolicy {
  /// The tighter maxima with their roles' names, in the order of the ids.
  fileprivate func maxima(
    named roles: [Role]
  ) -> [(id: Identifier<Role>, name: String, maximum: FiniteLifetime)] {
    roleMaxima.sorted { $0.key < $1.key }.map { id, maximum in
      (id, roles.first { $0.id == id }?.name ?? id.text, maximum)
    }
  }
}

extension Fields {
  init(_ expiration: ExpirationPolicy, roles: [Role]) {
    self.init()
    add("Offered", expiration.offered.map(\.description).joined(separator: ", "))
    add("Default", expiration.defaultLifetime.description)
    add("Maximum", expiration.maximum.description)
    add("Unlimited", expiration.allowsUnlimited ? "yes" : "no")
    add("Idle limit", expiration.idleLimit?.description ?? "none")
    for (_, name, maximum) in expiration.maxima(named: roles) {
      add("Maximum of \(name)", maximum.description)
    }
  }
}
