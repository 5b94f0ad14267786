import Access

extension SampleStory {
  /// How many days ago Bearer support was taken back.
  static let pilotEnd = 9

  /// The keys of the old system arrive; some are ended later.
  mutating func bringKeys() throws {
    let desk = desk
    let arrival = instant(118, 10 * 60 + 20)
    let present = present
    let drafts = try SampleKey.all.map { key in
      LegacyKeyDraft(
        value: .plain(key.value), owner: try cast.login(key.owner), label: key.label,
        createdAt: key.created.map { present.advanced(bySeconds: -Int64($0) * 86_400) },
        lastUsedAt: key.lastUse.map {
          // What is used still had been used by then.
          min(present.advanced(bySeconds: -$0), arrival.advanced(bySeconds: -1800))
        })
    }
    on(118, at: 10, 20) { try desk.perform(.importKeys(drafts, createOwners: true), as: "alice") }
    for key in SampleKey.all {
      switch key.fate {
      case .kept: break
      case .disabled(let day):
        on(day) { try desk.perform(.disableKeys([desk.key(key.label)]), as: "alice") }
      case .retired(let day):
        on(day) { try desk.perform(.retireKeys([desk.key(key.label)]), as: "bob") }
      }
    }
    on(53, at: 9, 2) { try desk.perform(.disableKeys([desk.key("month-end")]), as: "bob") }
    on(53, at: 9, 41) { try desk.perform(.enableKeys([desk.key("month-end")]), as: "bob") }
  }

  /// Bearer support for a while, at High for some of it, and back to how it was.
  mutating func pilotBearer() {
    let desk = desk
    on(92, at: 10, 5) {
      try desk.revise(
        .enableBearer(.standard), as: desk.cast.login("alice"),
        because: "CHG-1042 Bearer pilot with the platform team")
    }
    on(60, at: 18, 0) {
      try desk.revise(
        .level(.high), as: desk.cast.login("bob"),
        because: "CHG-1077 Rehearsal: it is to take itself back", within: .minutes(10),
        confirmation: .high)
    }
    on(60, at: 18, 21) {
      try desk.perform(
        .editAccount(
          desk.cast.login("wiki"), AccountEdits(contact: "Support Desk, ext. 4020")),
        as: "bob")
    }
    on(57, at: 17, 30) {
      try desk.revise(
        .level(.high), as: desk.cast.login("bob"), because: "CHG-1085 High for the platform team",
        within: .hours(1), confirmation: .high)
    }
    on(57, at: 17, 42) { try desk.end(confirming: false, as: desk.cast.login("alice")) }
    on(50, at: 9, 30) {
      try desk.revise(
        .level(.high), as: desk.cast.login("bob"), because: "CHG-1093 High for the quiet weeks",
        within: .hours(1), confirmation: .high)
    }
    on(50, at: 9, 58) { try desk.end(confirming: true, as: desk.cast.login("bob")) }
    on(45, at: 10, 0) { try desk.perform(.rotateSigningKey, as: "alice") }
    on(38, at: 7, 12) {
      let standard = try desk.revision { $0.mode == .bearer && $0.level == .standard }
      try desk.revise(
        .rollback(to: standard.revision.number, policy: standard.policy, levelOnly: true),
        as: desk.cast.login("alice"), because: "INC-4402 Month-end could not post its figures")
    }
    on(Self.pilotEnd, at: 16, 45) {
      let legacy = try desk.revision { $0.mode == .legacy }
      try desk.revise(
        .rollback(to: legacy.revision.number, policy: legacy.policy, levelOnly: false),
        as: desk.cast.login("alice"),
        because: "CHG-1187 The pilot ends for the year-end freeze; keys as before until then")
    }
  }

  /// The tokens of the pilot: those that have a story, and one for each of many developers.
  mutating func makeTokens() throws {
    let owners = [(SampleRole.developers, 31), (.siteReliability, 9), (.releaseEngineers, 6)]
      .flatMap { role, count in cast.people[role, default: []].prefix(count) }
    tokens = SampleToken.named + SampleToken.madeUp(for: owners, using: &generator)
    let desk = desk
    for token in tokens {
      let owner = try cast.login(token.owner)
      let isService = SampleService.all.contains { $0.login == token.owner }
      let maker = isService ? try cast.login("alice") : owner
      let draft = TokenDraft(
        name: token.name, purpose: token.purpose, scope: token.scope, lifetime: token.lifetime,
        service: isService ? owner.text : nil)
      on(token.created) { try desk.perform(.createToken(draft), as: maker) }
      switch token.fate {
      case .kept: break
      case .revoked(let day, let by, let reason):
        on(day) {
          try desk.perform(
            .revokeTokens([desk.token(token.name, of: owner).id], reason: reason), as: by)
        }
      case .rotated(let day):
        on(day) {
          try desk.perform(
            .rotateToken(
              desk.token(token.name, of: owner).id, overlap: Change.defaultOverlap), as: maker)
        }
      case .woken(let day):
        on(day) {
          try desk.perform(.wakeTokens([desk.token(token.name, of: owner).id]), as: maker)
        }
      }
    }
  }
}
