import Access

// A site in the middle of its migration: more stops than a dialog can show.
extension SampleSite {
  /// At `level`, with twelve legacy keys, a password client and three integrations in use.
  static func migrating(at level: SecurityLevel = .standard) -> SampleSite {
    var site = SampleSite(policy(level: level))
    let quiet = (1...7).map { StoppingCredential.sample("export-\($0)", owner: "bob") }
    let used: [StoppingCredential] = [
      .sample(
        "ci-deploy", owner: "build-bot", used: 240, client: "curl/8.5", review: .notified),
      .sample("crm-sync", owner: "carol", used: 7200, client: "python-requests"),
      .sample("wiki", owner: "carol", used: 6 * 86_400, review: .migrated),
      .sample("reports", owner: "bob", used: 20 * 86_400, review: .acceptedBreak),
      .sample("monthly", owner: "carol", used: 25 * 86_400, review: .postponed),
    ]
    let passwords: [StoppingCredential] = [
      .sample(
        "crm", .password, owner: "crm", used: 7200, client: "10.2.0.9", review: .notified),
      .sample("scanner", .password, owner: "scanner", used: 86_400, review: .migrated),
      .sample("payroll", .password, owner: "payroll", used: 20 * 86_400, review: .migrated),
    ]
    let unlisted = StoppingCredential.sample(
      "old-shop", .password, owner: "dave", used: 7300, client: "10.2.0.7")
    site.stopping =
      level == .standard
      ? Array(used.prefix(2)) + [unlisted] + Array(used.dropFirst(2)) + quiet : passwords
    site.counts.passwords = 5
    return site
  }

  /// With every credential that would stop already looked at.
  var reviewed: SampleSite {
    var site = self
    site.stopping = stopping.map { $0.reviewed(.notified) }
    return site
  }
}

extension StoppingCredential {
  /// A credential that stops; `used` is how many seconds ago.
  static func sample(
    _ label: String, _ kind: CredentialKind = .legacyKey, owner: String = "carol",
    used: Int64? = nil, client: String? = nil, review: ReviewState = .new
  ) -> StoppingCredential {
    StoppingCredential(
      kind: kind, credential: "\(kind.rawValue)-\(label)", label: label, owner: owner,
      lastUsedAt: used.map { SampleSite.start.advanced(bySeconds: -$0) }, client: client,
      review: review)
  }

  func reviewed(_ review: ReviewState) -> StoppingCredential {
    StoppingCredential(
      kind: kind, credential: credential, label: label, owner: owner, lastUsedAt: lastUsedAt,
      client: client, review: review)
  }
}
