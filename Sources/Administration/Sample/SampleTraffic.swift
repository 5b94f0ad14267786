import Access
import Storage

/// The requests of one credential over the days of the sample.
struct SampleTraffic {
  enum Kind {
    case key(label: String)
    case token(name: String)
    case password
  }

  let kind: Kind
  let owner: Login
  /// When it was used for the first time, as far as the site saw, and for the last.
  let first: Instant
  let last: Instant
  /// Requests on a day with any.
  let rate: Int
  /// It is used on every so manieth day, counted back from the last.
  let interval: Int
  let client: SampleKey.Client

  /// What is seen of it on the day that began at `morning`; nil where it was not used.
  func usage(on morning: Instant, using generator: inout SplitMix64) -> (at: Instant, count: Int)? {
    let evening = morning.advanced(bySeconds: 86_400)
    guard first < evening, last >= morning else { return nil }
    let isLastDay = last < evening
    let daysLeft = Int(CivilDate(of: last).daysSince1970 - CivilDate(of: morning).daysSince1970)
    guard daysLeft.isMultiple(of: interval) else { return nil }
    let part = isLastDay ? last.seconds(since: morning) : 86_400
    let count = Int(Int64(rate) * part / 86_400)
    let jitter = count / 6
    return (
      isLastDay ? last : morning.advanced(bySeconds: 86_000),
      max(1, count + (jitter > 0 ? Int.random(in: -jitter...jitter, using: &generator) : 0))
    )
  }
}

extension SampleStory {
  /// The days on which level High refused legacy keys and passwords that are not registered.
  private static let highDays = 39...49
  /// Since when the gate stands in front of the API.
  private static let firstDay = 117

  /// Counts every day's requests in its evening, and those of today up to now.
  mutating func watchTraffic() throws {
    let traffic = try keyTraffic + tokenTraffic() + passwordTraffic
    let (desk, present) = (desk, present)
    for day in (0...Self.firstDay).reversed() {
      let morning = instant(day, 0)
      let isHigh = Self.highDays.contains(day)
      let seen = traffic.compactMap { source -> (SampleTraffic, at: Instant, count: Int)? in
        if isHigh, source.isRefusedAtHigh { return nil }
        return source.usage(on: morning, using: &generator).map { (source, $0.at, $0.count) }
      }
      let evening = min(morning.advanced(bySeconds: 86_340), present)
      at(evening) {
        let credentials = try desk.credentials(of: seen.map(\.0))
        try desk.site.store.record(
          zip(credentials, seen).map { credential, seen in
            Usage(
              credential, at: seen.at, source: seen.0.client.source, agent: seen.0.client.agent,
              count: Int64(seen.count))
          })
      }
    }
  }

  private var keyTraffic: [SampleTraffic] {
    get throws {
      try SampleKey.all.compactMap { key in
        guard let lastUse = key.lastUse, lastUse < Int64(Self.firstDay) * 86_400 else { return nil }
        return SampleTraffic(
          kind: .key(label: key.label), owner: try cast.login(key.owner),
          first: instant(Self.firstDay, 0), last: present.advanced(bySeconds: -lastUse),
          rate: key.rate, interval: key.interval, client: key.client)
      }
    }
  }

  private mutating func tokenTraffic() throws -> [SampleTraffic] {
    try tokens.flatMap { token -> [SampleTraffic] in
      guard let lastUse = token.lastUse else { return [] }
      let owner = try cast.login(token.owner)
      // After everything that is made on a working day, before the pilot's end.
      let time = lastUse == Self.pilotEnd ? 16 * 60 + 20 : 17 * 60
      let minute = time + Int.random(in: 0..<24, using: &generator)
      func part(_ name: String, from first: Int, to last: Instant) -> SampleTraffic {
        SampleTraffic(
          kind: .token(name: name), owner: owner, first: instant(first, 17 * 60), last: last,
          rate: token.rate, interval: 1, client: token.client)
      }
      let last = instant(lastUse, minute)
      guard case .rotated(let day) = token.fate else {
        return [part(token.name, from: token.created, to: last)]
      }
      return [
        part(token.name, from: token.created, to: instant(day + 1, 22 * 60)),
        part(token.name, from: day - 1, to: last),
      ]
    }
  }

  private var passwordTraffic: [SampleTraffic] {
    get throws {
      try [
        ("crm", 7200, 96, 1, "10.2.0.9", "crm-connector/3.1"),
        ("scanner", 26 * 3600, 210, 1, "10.3.0.17", "ScanFlow/7.0"),
        ("payroll", 20 * 86_400, 14, 30, "10.2.9.4", "PayRun/2024.2"),
      ].map { name, lastUse, rate, interval, source, agent in
        SampleTraffic(
          kind: .password, owner: try cast.login(name), first: instant(Self.firstDay, 0),
          last: present.advanced(bySeconds: -Int64(lastUse)), rate: rate, interval: interval,
          client: SampleKey.Client(source: source, agent: agent))
      }
    }
  }
}

extension SampleTraffic {
  fileprivate var isRefusedAtHigh: Bool {
    switch kind {
    case .key: true
    case .token: false
    case .password: owner.text.hasPrefix("crm")
    }
  }
}
