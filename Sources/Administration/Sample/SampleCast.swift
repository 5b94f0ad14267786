import Access

/// Everybody at Northwind: a few who appear by name, the services, and people made up.
struct SampleCast {
  /// Accounts apart from the first administrator; nearly everyone is a member.
  static let members = 1204

  /// Whoever makes the sample, its first administrator.
  let administrator: Login
  private(set) var drafts: [AccountDraft] = []
  /// Made-up people by the role they have, in the order in which they were made up.
  private(set) var people: [SampleRole: [Login]] = [:]
  /// Made-up people who are members and nothing else.
  private(set) var others: [Login] = []

  init(administrator: Login, generator: inout SplitMix64) throws {
    self.administrator = administrator
    for person in Self.persons {
      let login = try Login(parsing: person.login)
      // Whoever makes the sample may be called alice: then she is that Alice.
      guard login != administrator else { continue }
      drafts.append(
        AccountDraft(
          login: login, name: person.name, mail: "\(login)@northwind.example",
          roles: person.roles + [Role.member.name]))
    }
    for service in SampleService.all {
      drafts.append(
        AccountDraft(
          login: try self.login(service.login), name: service.name, kind: .service,
          contact: service.contact, roles: [SampleRole.automation.rawValue, Role.member.name]))
    }
    try makeUpPeople(using: &generator)
  }

  /// The login that somebody of the cast goes by: a service called like the administrator yields.
  func login(_ text: String) throws -> Login {
    let login = try Login(parsing: text)
    let isTaken = login == administrator && SampleService.all.contains { $0.login == text }
    return isTaken ? try Login(parsing: "\(text)-service") : login
  }

  private mutating func makeUpPeople(using generator: inout SplitMix64) throws {
    var taken = Set(drafts.map(\.login)).union([administrator])
    var roles = SampleRole.allCases.flatMap { Array(repeating: $0, count: $0.people) }[...]
    while drafts.count < Self.members {
      guard
        let drawn = Self.pool(at: Int.random(in: 0..<100, using: &generator))?
          .draw(using: &generator)
      else { continue }
      var login = try Login(parsing: drawn.login)
      var number = 1
      while !taken.insert(login).inserted {
        number += 1
        login = try Login(parsing: "\(drawn.login)\(number)")
      }
      let role = roles.popFirst()
      drafts.append(
        AccountDraft(
          login: login, name: drawn.name, mail: "\(login)@northwind.example",
          roles: [role?.rawValue, Role.member.name].compactMap(\.self)))
      if let role { people[role, default: []].append(login) } else { others.append(login) }
    }
  }

  private static func pool(at place: Int) -> NamePool? {
    var end = 0
    return NamePool.world.first { pool in
      end += pool.share
      return place < end
    }
  }

  private static let persons: [(login: String, name: String, roles: [String])] = [
    ("alice", "Alice Lindqvist", [Role.siteAdministrator.name]),
    ("bob", "Bob Okonkwo", [Role.siteAdministrator.name]),
    (
      "carol", "Carol Ibáñez",
      [Role.apiOperator.name, SampleRole.integrators.rawValue, SampleRole.developers.rawValue]
    ),
    (
      "dave", "Dave Yıldız",
      [Role.apiOperator.name, SampleRole.releaseEngineers.rawValue]
    ),
    ("mei", "陳美玲", [Role.apiOperator.name, SampleRole.siteReliability.rawValue]),
    ("yosef", "יוסף אזולאי", [Role.apiOperator.name, SampleRole.integrators.rawValue]),
    ("erin", "Erin Ó Briain", [SampleRole.finance.rawValue]),
  ]
}
