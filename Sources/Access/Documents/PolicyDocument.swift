/// A policy as a text that people keep in files and the database keeps per revision.
///
/// The encoding is canonical: the same policy and base always give the same bytes. Reading is
/// strict: an unknown, missing or misspelt member is refused with its path and place.
package struct PolicyDocument: Hashable, Sendable {
  /// The revision it was drawn up against; 0 where there was none.
  package let base: Int
  package let policy: Policy

  package static let format: Int64 = 1

  package init(base: Int, policy: Policy) {
    self.base = base
    self.policy = policy
  }

  /// Reads a document; the policy's rules are checked too.
  ///
  /// - Throws: ``ContentError`` naming the member by its path, like `expiration.maximum`.
  package init(parsing text: String) throws(ContentError) {
    try self.init(parsing: Array(text.utf8))
  }

  package init(parsing bytes: [UInt8]) throws(ContentError) {
    var top = try DocumentObject(try JSONParser.parse(bytes), path: "")
    let format = try top.integer("format")
    guard format.value == Self.format else {
      throw ContentError(
        "format: \(format.value) is not known here; this Gatehouse reads \(Self.format).",
        at: format.place)
    }
    let base = try top.integer("base")
    guard let number = Int(exactly: base.value), number >= 0 else {
      throw ContentError("base: a revision's number should be here.", at: base.place)
    }
    var policy = Policy()
    policy.properties = try Self.properties(try top.object("properties"))
    policy.level = try top.choice("level", SecurityLevel.allCases)
    policy.passwordsAtHigh = try top.choice("passwords_at_high", PasswordsAtHigh.allCases)
    policy.expiration = try Self.expiration(try top.object("expiration"))
    policy.roles = try top.objects("roles").map { object throws(ContentError) in
      try Self.role(object)
    }
    try top.finish()
    do {
      try policy.validate()
    } catch {
      throw ContentError(error.description)
    }
    self.init(base: number, policy: policy)
  }

  package var json: JSONValue {
    let expiration = policy.expiration
    return [
      "format": .integer(Self.format),
      "base": JSONValue(base),
      "properties": .object(
        PropertyKey.allCases.map { .init($0.rawValue, .string(policy.properties[$0])) }),
      "level": .string(policy.level.rawValue),
      "passwords_at_high": .string(policy.passwordsAtHigh.rawValue),
      "expiration": [
        "offered": JSONValue(expiration.offered.map(\.description)),
        "default": .string(expiration.defaultLifetime.description),
        "maximum": .string(expiration.maximum.description),
        "unlimited": .bool(expiration.allowsUnlimited),
        "idle": JSONValue(expiration.idleLimit?.description),
        "role_maxima": .object(
          expiration.roleMaxima.sorted { $0.key < $1.key }
            .map { .init($0.key.text, .string($0.value.description)) }),
      ],
      "roles": .array(
        policy.roles.map { role in
          [
            "id": .string(role.id.text),
            "name": .string(role.name),
            "permissions": JSONValue(role.permissions.sorted.map(\.rawValue)),
          ]
        }),
    ]
  }

  private static func properties(
    _ object: DocumentObject
  ) throws(ContentError) -> SystemProperties {
    var object = object
    var properties = SystemProperties()
    for key in PropertyKey.allCases {
      let text = try object.string(key.rawValue)
      do {
        try properties.set(key, to: text.value)
      } catch {
        throw ContentError(object.path(key.rawValue) + ": " + error.description, at: text.place)
      }
    }
    try object.finish()
    return properties
  }

  private static func expiration(
    _ object: DocumentObject
  ) throws(ContentError) -> ExpirationPolicy {
    var object = object
    let offered = try object.strings("offered").map { text throws(ContentError) in
      try object.lifetime(text, "offered")
    }
    let defaultLifetime = try object.lifetime(try object.string("default"), "default")
    let maximum = try object.lifetime(try object.string("maximum"), "maximum")
    let unlimited = try object.bool("unlimited")
    let idle = try object.optionalString("idle").map { text throws(ContentError) in
      try object.lifetime(text, "idle")
    }
    let maxima = try object.object("role_maxima")
    var roleMaxima: [Identifier<Role>: FiniteLifetime] = [:]
    for (name, text) in try maxima.allStrings() {
      roleMaxima[Identifier(name)] = try maxima.lifetime(text, name)
    }
    try object.finish()
    return ExpirationPolicy(
      offered: offered, default: defaultLifetime, maximum: maximum, allowsUnlimited: unlimited,
      idleLimit: idle, roleMaxima: roleMaxima)
  }

  private static func role(_ object: DocumentObject) throws(ContentError) -> Role {
    var object = object
    let id = try object.string("id")
    let written = try object.string("name")
    let name: String
    do {
      name = try VisibleName.roleName(written.value)
    } catch {
      throw ContentError(object.path("name") + ": " + error.description, at: written.place)
    }
    let permissions = try object.strings("permissions").map { text throws(ContentError) in
      guard let permission = Permission(rawValue: text.value) else {
        throw ContentError(
          object.path("permissions") + ": “\(Visible.text(text.value))” is no permission. "
            + "They are \(Permission.allCases.map(\.rawValue).joined(separator: ", ")).",
          at: text.place)
      }
      return permission
    }
    try object.finish()
    return Role(id: Identifier(id.value), name: name, permissions: PermissionSet(permissions))
  }
}

extension Policy {
  /// The policy as the document the database keeps.
  package func documentText(base: Int) -> String {
    PolicyDocument(base: base, policy: self).json.compact
  }

  package init(documentText: String) throws(ContentError) {
    self = try PolicyDocument(parsing: documentText).policy
  }
}
