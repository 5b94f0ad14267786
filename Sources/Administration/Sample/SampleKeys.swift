import Access

/// A legacy key of the old system, and what became of it.
struct SampleKey {
  enum Fate {
    case kept
    /// Switched off so many days ago.
    case disabled(day: Int)
    case retired(day: Int)
  }

  /// A client as it shows in requests.
  struct Client {
    let source: String
    let agent: String
  }

  let label: String
  /// A login; one that is no account was somebody who left.
  let owner: String
  /// How many days ago the old system made it; nil where it does not say.
  let created: Int?
  /// How long ago it was last used, in seconds; nil is never.
  let lastUse: Int64?
  /// Requests a day while it is in use.
  let rate: Int
  /// It is used on every so manieth day.
  let interval: Int
  let client: Client
  let fate: Fate

  private init(
    _ label: String, of owner: String, created: Int?, lastUse: Int64?, rate: Int = 1,
    every interval: Int = 1,
    from source: String = "10.2.0.40", by agent: String = "curl/7.88.1", _ fate: Fate = .kept
  ) {
    self.label = label
    self.owner = owner
    self.created = created
    self.lastUse = lastUse
    self.rate = rate
    self.interval = interval
    client = Client(source: source, agent: agent)
    self.fate = fate
  }

  /// What is presented; made up, so that anybody can try the sample's gate with it.
  var value: Secret { Secret("sample-\(label)".utf8) }

  private static let minute: Int64 = 60
  private static let hour: Int64 = 3600
  private static let day: Int64 = 86_400

  static let all: [SampleKey] = working + stranded + ended

  // Twelve that work today and would stop at level High; two used today, five within a month.
  private static let working = [
    SampleKey(
      "ci-deploy", of: "build-bot", created: 1460, lastUse: 4 * minute, rate: 1224,
      from: "10.2.0.14", by: "curl/8.5.0"),
    SampleKey(
      "crm-sync", of: "carol", created: 911, lastUse: 2 * hour, rate: 288, from: "10.2.0.9",
      by: "python-requests/2.31.0"),
    SampleKey(
      "stock-levels", of: "bob", created: 702, lastUse: 3 * day, rate: 24, from: "10.2.1.20",
      by: "Go-http-client/1.1"),
    SampleKey(
      "partner-export", of: "carol", created: 530, lastUse: 9 * day, rate: 4, every: 7,
      from: "198.51.100.24", by: "Java/17.0.9"),
    SampleKey(
      "month-end", of: "build-bot", created: 1190, lastUse: 22 * day, rate: 31, every: 30,
      from: "10.2.0.15", by: "Wget/1.21.3"),
    SampleKey(
      "label-printer", of: "label-printer", created: nil, lastUse: 41 * day, rate: 90,
      from: "10.4.2.7", by: "LabelWorks/4.2"),
    SampleKey(
      "kiosk-lobby", of: "kiosk", created: 488, lastUse: 63 * day, rate: 660, from: "10.4.3.11",
      by: "Mozilla/5.0 (X11; CrOS x86_64)"),
    SampleKey(
      "survey-import", of: "survey-sync", created: 365, lastUse: 97 * day, rate: 12,
      from: "2001:db8:7::15", by: "okhttp/4.12.0"),
    SampleKey("load-test", of: "load-tester", created: 610, lastUse: 133 * day),
    SampleKey("yearly-tax", of: "tax-filing", created: 1830, lastUse: 290 * day),
    SampleKey("sms-gateway", of: "sms-gateway", created: nil, lastUse: nil),
    SampleKey("old-intranet", of: "legacy-intranet", created: 2555, lastUse: nil),
  ]

  // Eight whose owners left or lack the permission: refused whatever the level.
  private static let stranded = [
    SampleKey("wiki-export", of: "h.brandt", created: 1310, lastUse: nil),
    SampleKey("poster-app", of: "h.brandt", created: 1295, lastUse: 610 * day),
    SampleKey("hr-sync", of: "t.nakamura", created: 845, lastUse: 340 * day),
    SampleKey("beta-mobile", of: "t.nakamura", created: 790, lastUse: nil),
    SampleKey("intern-script", of: "summer.intern", created: 1190, lastUse: 1100 * day),
    SampleKey("map-demo", of: "m.castellanos", created: 420, lastUse: 131 * day),
    SampleKey("csv-mailer", of: "m.castellanos", created: nil, lastUse: 210 * day),
    SampleKey("timesheet-macro", of: "erin", created: 980, lastUse: 160 * day),
  ]

  private static let ended = [
    SampleKey(
      "chat-relay", of: "chat-relay", created: 720, lastUse: 71 * day, rate: 140,
      from: "10.2.0.31", by: "node-fetch/3.3.2", .disabled(day: 70)),
    SampleKey(
      "ticket-webhook", of: "ticket-bridge", created: 480, lastUse: 27 * day, rate: 36,
      from: "203.0.113.80", by: "Webhooks/2", .disabled(day: 26)),
    SampleKey(
      "shop-preview", of: "shop-frontend", created: 400, lastUse: 34 * day, rate: 52,
      from: "10.2.0.22", by: "axios/1.6.8", .disabled(day: 33)),
    SampleKey(
      "backup-check", of: "backup-runner", created: 940, lastUse: 188 * day, .disabled(day: 58)),
    SampleKey("dave-scratch", of: "dave", created: 260, lastUse: nil, .disabled(day: 16)),
    SampleKey(
      "fleet-trial", of: "fleet-tracker", created: 330, lastUse: 150 * day, .disabled(day: 58)),
    SampleKey(
      "deploy-2023", of: "build-bot", created: 1015, lastUse: 118 * day, .retired(day: 112)),
    SampleKey("crm-sync-old", of: "carol", created: 1620, lastUse: 700 * day, .retired(day: 101)),
    SampleKey("bob-test", of: "bob", created: 1400, lastUse: 1320 * day, .retired(day: 101)),
    SampleKey(
      "translation-trial", of: "translation-hub", created: 505, lastUse: nil, .retired(day: 44)),
    SampleKey("kiosk-canteen", of: "kiosk", created: 610, lastUse: 128 * day, .retired(day: 44)),
  ]
}
