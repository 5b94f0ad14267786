import Access

extension SampleStory {
  /// How many of the made-up people join later than the rest, the last of them.
  private static let newcomers = 14

  /// The matrix, the accounts and the settings of a new site.
  mutating func moveIn() {
    let desk = desk
    let administrator = cast.administrator
    let drafts = Array(cast.drafts.dropLast(Self.newcomers))
    on(120, at: 9, 20) {
      try desk.revise(
        .roles(SampleRole.changes), as: administrator,
        because: "HR-220 The roles as the departments agreed them")
    }
    on(120, at: 9, 31) {
      try desk.revise(
        .property(.tokenIssuer, "https://api.northwind.example"), as: administrator,
        because: "The name clients know the API by")
    }
    on(120, at: 9, 48) { try desk.perform(.importAccounts(drafts), as: administrator) }
    on(119, at: 14, 5) {
      try desk.revise(
        .property(.consoleIdleTimeout, "30m"), as: desk.cast.login("bob"),
        because: "OPS-77 Fifteen minutes are too short for the night shift")
    }
    for (index, draft) in cast.drafts.suffix(Self.newcomers).enumerated() {
      on(113 - index * 8) { try desk.perform(.addAccount(draft), as: "bob") }
    }
    on(110, at: 10, 12) {
      try desk.revise(
        .expiration(
          ExpirationPolicy(
            idleLimit: .days(30), roleMaxima: [SampleRole.partners.id: .days(30)])),
        as: desk.cast.login("alice"),
        because: "SEC-31 Partners get 30 days; tokens nobody uses fall asleep")
    }
    on(108, at: 16, 2) {
      try desk.revise(
        .roles([.grant(SampleRole.supportDesk.id, .viewAudit)]), as: desk.cast.login("bob"),
        because: "SUP-801 So that the desk can see who changed what")
    }
    on(105, at: 9, 55) {
      try desk.revise(
        .roles([.withdraw(SampleRole.supportDesk.id, .viewAudit)]), as: desk.cast.login("alice"),
        because: "SUP-812 The desk saw more than it should; Auditors answer such questions")
    }
    on(6, at: 13, 40) {
      try desk.revise(
        .roles([.grant(SampleRole.auditors.id, .reviewMigration)]), as: desk.cast.login("bob"),
        because: "AUD-19 Auditors follow the worklist up to the cut-over")
    }
    on(2, at: 15, 26) {
      try desk.revise(
        .property(.staleAfter, "60d"), as: desk.cast.login("alice"),
        because: "CHG-1204 Ninety days hid what had stopped in autumn")
    }
  }

  /// People who leave; one of them comes back.
  mutating func partWays() {
    let desk = desk
    var leaving = cast.others.dropLast(Self.newcomers).shuffled(using: &generator)[...]
    for day in [104, 95, 83, 69, 47, 31, 18, 4] {
      let logins = Array(leaving.prefix(Int.random(in: 3...7, using: &generator)))
      leaving = leaving.dropFirst(logins.count)
      guard let first = logins.first else { continue }
      on(day) { try desk.perform(.deactivate(logins), as: "bob") }
      if day == 69 { on(62) { try desk.perform(.reactivate([first]), as: "alice") } }
    }
    // One who still holds a token.
    if let developer = cast.people[.developers]?.first {
      on(10) { try desk.perform(.deactivate([developer]), as: "bob") }
    }
  }

  /// Programs that know nothing but a password, and those of them that are registered.
  mutating func registerIntegrations() {
    let (desk, present) = (desk, present)
    for (index, name) in ["crm", "scanner", "payroll"].enumerated() {
      on(117, at: 10, 4 + index) {
        try desk.perform(
          .setPassword(desk.cast.login(name), Secret("sample-\(name)".utf8)), as: "alice")
      }
    }
    func register(
      _ name: String, _ purpose: String, _ networks: [String], _ contact: String, until day: Int
    ) throws -> IntegrationDraft {
      IntegrationDraft(
        login: try desk.cast.login(name).text, purpose: purpose,
        networks: try networks.map { try Network(parsing: $0) }, contact: contact,
        reviewDate: CivilDate(of: present.advanced(bySeconds: Int64(day) * 86_400)))
    }
    on(116, at: 14, 31) {
      try desk.perform(
        .addIntegration(
          register(
            "scanner", "Scans arrive in the archive", ["10.3.0.0/24"], "Carol Ibáñez", until: 63)),
        as: "alice")
    }
    on(116, at: 14, 44) {
      try desk.perform(
        .addIntegration(
          register("payroll", "Monthly pay run", ["10.2.9.0/28"], "Erin Ó Briain", until: -6)),
        as: "alice")
    }
    on(58) {
      try desk.perform(
        .addIntegration(
          register(
            "badge-printer", "Prints badges at the reception", ["10.4.0.0/16"],
            "Reception, ext. 4100", until: 171)),
        as: "bob")
    }
    on(55) {
      try desk.perform(
        .setIntegration(
          register(
            "badge-printer", "Prints badges at the reception", ["10.4.0.0/16", "2001:db8:40::/48"],
            "Reception, ext. 4100", until: 171)),
        as: "bob")
    }
  }
}
