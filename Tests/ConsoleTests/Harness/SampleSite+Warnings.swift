import Access

// The worklist, and how far the migration is.
extension SampleSite {
  static let sampleWarnings: [WarningRow] = unplaced.enumerated().map { place, row in
    row.at(place)
  }

  private static let unplaced: [WarningRow] = [
    .sample(
      .legacyKey, .stop, .high, "ci-deploy", owner: "build-bot", used: 240, client: "curl/8.5",
      uses: 2412, review: .notified, note: "Mail of Monday; they deploy from GitLab."),
    .sample(.legacyKey, .stop, .high, "crm-sync", used: 7200, client: "python-requests", uses: 88),
    .sample(.password, .stop, .high, "crm", owner: "crm", used: 7200, client: "10.2.0.9", uses: 12),
    .sample(.integrationPastReview, .stop, .high, "scanner", owner: "scanner", used: 86_400),
    .sample(
      .legacyKey, .look, .high, "wiki-export", owner: "erin", isOwnerActive: false, uses: 0),
    .sample(.legacyKey, .look, .high, "yearly", owner: "bob", uses: 0, review: .postponed),
    .sample(.ownerWithoutAPI, .look, .now, "dave", owner: "dave"),
    .sample(.serviceWithoutContact, .look, .never, "build-bot", owner: "build-bot"),
    .sample(
      .tokenBeyondMaximum, .soon, .policy, "grafana-pull", owner: "alice", used: 1, uses: 40_000,
      review: .acceptedBreak),
    .sample(.tokenExpiring, .soon, .policy, "ci-deploy", owner: "alice", used: 240, uses: 300),
  ]

  static let sampleReadiness = Readiness(
    levels: [
      Readiness.Level(
        level: .high, stopping: [.new: 3, .notified: 2, .migrated: 4, .acceptedBreak: 4]),
      Readiness.Level(
        level: .maximum, stopping: [.new: 5, .notified: 2, .postponed: 1, .migrated: 5]),
    ], warnings: 10, openWarnings: [.stop: 4, .look: 3, .soon: 1],
    requests: [
      .legacyKey: [900, 880, 910, 700, 650, 600, 610, 500, 420, 380, 300, 280, 240, 120],
      .password: [60, 60, 58, 60, 61, 50, 40, 40, 30, 30, 22, 20, 12, 9],
      .bearer: [0, 0, 10, 80, 120, 200, 260, 340, 420, 480, 560, 640, 720, 800],
    ], observedSeconds: 6 * 86_400 + 4 * 3600)
}

extension WarningRow {
  /// `used` is how many seconds ago.
  static func sample(
    _ kind: WarningKind, _ severity: WarningSeverity, _ breaks: WarningBreak, _ name: String,
    owner: String = "carol", isOwnerActive: Bool = true, used: Int64? = nil,
    client: String? = nil, uses: Int64? = nil, review: ReviewState? = nil, note: String = ""
  ) -> WarningRow {
    let at = SampleSite.start - .days(2)
    return WarningRow(
      kind: kind, severity: severity, breaks: breaks, subject: "id-\(name)", name: name,
      owner: owner, isOwnerActive: isOwnerActive,
      lastUsedAt: used.map { SampleSite.start.advanced(bySeconds: -$0) }, source: "10.2.0.14",
      agent: client, uses: uses,
      review: review.map {
        Review(
          state: $0, note: note, until: $0 == .postponed ? at + .days(30) : nil, reviewer: "bob",
          at: at)
      }, observedSeconds: 6 * 86_400 + 4 * 3600,
      cursor: RowCursor(key: .integer(0), id: ""))
  }

  fileprivate func at(_ place: Int) -> WarningRow { with(review, at: place) }

  /// The same with another review, and maybe in another place.
  func with(_ review: Review?, at place: Int? = nil) -> WarningRow {
    WarningRow(
      kind: kind, severity: severity, breaks: breaks, subject: subject, name: name, owner: owner,
      isOwnerActive: isOwnerActive, lastUsedAt: lastUsedAt, source: source, agent: agent,
      uses: uses, endsAt: endsAt, replacement: replacement, review: review,
      observedSeconds: observedSeconds,
      cursor: place.map { RowCursor(key: .integer(Int64($0)), id: id) } ?? cursor)
  }
}
