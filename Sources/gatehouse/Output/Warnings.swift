import Access
import ArgumentParser

extension JSONValue {
  init(_ row: WarningRow, _ session: Session) {
    let window = session.policy.properties.usageWindow
    self = [
      "id": .string(row.id),
      "kind": .string(row.kind.rawValue),
      "severity": .string(row.severity.rawValue),
      "what": .string(row.what),
      "name": .string(row.name),
      "owner": JSONValue(row.owner),
      "owner_active": .bool(row.isOwnerActive),
      "breaks_at": .string(row.breaks.rawValue),
      "last_used_at": JSONValue(row.lastUsedAt),
      "source": JSONValue(row.source),
      "user_agent": JSONValue(row.agent),
      "uses": row.uses.map(JSONValue.integer) ?? .null,
      "ends_at": JSONValue(row.endsAt),
      "replacement": JSONValue(row.replacement?.token),
      "observed_seconds": row.observedSeconds.map(JSONValue.integer) ?? .null,
      "evidence": .string(row.evidence(window: window)),
      "next_step": .string(row.nextStep),
      "review": .string(row.state.rawValue),
      "reviewer": JSONValue(row.review?.reviewer),
      "reviewed_at": JSONValue(row.review?.at),
      "note": JSONValue(row.review?.note),
      "until": JSONValue(row.review?.until),
      "open": .bool(row.isOpen(at: session.at)),
    ]
  }

  init(_ readiness: Readiness) {
    self = [
      "levels": .array(
        readiness.levels.map { level in
          [
            "level": .string(level.level.rawValue), "percent": JSONValue(level.percent),
            "stops": JSONValue(level.stops), "settled": JSONValue(level.settled),
            "missing": .object(
              ReviewState.allCases.filter { !$0.isSettled }.map {
                Member($0.rawValue, JSONValue(level.stopping[$0] ?? 0))
              }),
          ]
        }),
      "warnings": JSONValue(readiness.warnings),
      "open": JSONValue(readiness.open),
      "open_by_severity": .object(
        WarningSeverity.allCases.map {
          Member($0.rawValue, JSONValue(readiness.openWarnings[$0] ?? 0))
        }),
      "observed_seconds": readiness.observedSeconds.map(JSONValue.integer) ?? .null,
      "bearer_share": .array(readiness.bearerShare.map { $0.map { JSONValue($0) } ?? .null }),
      "requests": .object(
        CredentialKind.allCases.map { kind in
          let days = readiness.requests[kind] ?? Array(repeating: 0, count: Readiness.days)
          return Member(kind.rawValue, .array(days.map(JSONValue.integer)))
        }),
    ]
  }
}

extension Readiness {
  var lines: [String] {
    let seen =
      observedSeconds.map { "Known from \(span($0)) of traffic." } ?? "No traffic was seen yet."
    return levels.map(\.line)
      + (levels.isEmpty ? ["Maximum is in force: no level is stricter."] : [])
      + ["\(grouped(open)) of \(counted(warnings, "warning")) open. \(seen)"]
  }
}

extension Readiness.Level {
  fileprivate var line: String {
    guard stops > 0 else { return "\(level.name): ready; nothing stops." }
    let parts = [ReviewState.new, .notified, .postponed].compactMap { state in
      stopping[state].flatMap { $0 > 0 ? "\(grouped($0)) \(state.rawValue)" : nil }
    }
    return "\(level.name): \(percent)% ready; \(grouped(settled)) of \(grouped(stops)) settled"
      + (parts.isEmpty ? "." : ", missing \(parts.joined(separator: ", ")).")
  }
}

extension Listing<WarningRow> {
  static func warnings(_ session: Session, _ clock: Clock) -> Self {
    Listing(
      columns: [
        Column("Sev") { Cell($0.severity.rawValue, $0.severity.tone) },
        Column("What") { Cell($0.what) },
        Column("Owner") { Cell($0.shownOwner) },
        Column("Last used") { Cell($0.lastUsedAt.map(clock.minute) ?? "-") },
        Column("Breaks at") { Cell($0.breaks.words) },
        Column("Review") { Cell($0.state.rawValue) },
        Column("Id") { Cell($0.id) },
      ],
      json: { JSONValue($0, session) },
      empty: "No warning. `gatehouse migration readiness` says how far the levels are.")
  }
}

extension WarningSeverity {
  fileprivate var tone: Tone {
    switch self {
    case .stop: .danger
    case .look: .warning
    case .soon: .plain
    }
  }
}

extension WarningRow {
  fileprivate var shownOwner: String {
    guard let owner else { return "-" }
    return isOwnerActive ? owner : "(left) \(owner)"
  }
}

extension Fields {
  init(_ row: WarningRow, _ session: Session, _ clock: Clock) {
    self.init()
    add("Warning", row.what)
    add("Severity", row.severity.rawValue)
    add("Breaks at", row.breaks.words)
    add("Owner", row.shownOwner)
    add("Last used", row.lastUsedAt.map(clock.second))
    add("From", row.source)
    add("Client", row.agent)
    add("Ends", row.endsAt.map(clock.minute))
    add("Evidence", row.evidence(window: session.policy.properties.usageWindow))
    add("Replaced by", row.replacement.map { "\($0.token) \($0.name)" })
    add("Next step", row.nextStep)
    add("Review", row.state.rawValue)
    add("Reviewer", row.review.map { "\($0.reviewer), \(clock.minute($0.at))" })
    add("Note", row.review?.note)
    add("Until", row.review?.until.map(clock.minute))
    add("Id", row.id)
  }
}

/// What the warnings are written as.
enum WarningFormat: String, CaseIterable, ExpressibleByArgument { case csv, json, markdown }

/// The worklist as a document, row by row.
struct WarningDocument {
  private let format: WarningFormat
  private let session: Session
  private let clock: Clock
  private var isFirst = true

  init(_ format: WarningFormat, _ session: Session, _ clock: Clock) {
    self.format = format
    self.session = session
    self.clock = clock
  }

  private static let columns = [
    "id", "severity", "what", "owner", "breaks_at", "last_used_at", "client", "evidence",
    "next_step", "review", "reviewer", "note", "until",
  ]

  var head: String {
    switch format {
    case .csv: Self.columns.joined(separator: ",") + "\r\n"
    case .json: "["
    case .markdown:
      """
      # API access of \(Self.markdown(session.policy.properties.siteName)): what is to change

      As of \(clock.minute(session.at)). Permanent API keys and passwords give way to Bearer tokens that
      end. What is listed here stops, or is to be looked at, unless something is done.

      | What | Owner | Last used | Client | Stops at | What to do | Agreed so far |
      |---|---|---|---|---|---|---|

      """
    }
  }

  var tail: String { format == .json ? (isFirst ? "]\n" : "\n]\n") : "" }

  mutating func text(_ row: WarningRow) -> String {
    defer { isFirst = false }
    switch format {
    case .csv: return cells(row).map(Self.csv).joined(separator: ",") + "\r\n"
    case .json: return (isFirst ? "\n  " : ",\n  ") + JSONValue(row, session).compact
    case .markdown:
      let review = row.review.map { review in
        [
          review.state.rawValue, review.until.map { "until \(clock.minute($0))" }, review.note,
        ].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", ")
      }
      let cells = [
        row.what, row.shownOwner, row.lastUsedAt.map(clock.minute) ?? "never seen",
        row.agent ?? row.source ?? "-", row.breaks.words, row.nextStep, review ?? "nothing yet",
      ]
      return "| " + cells.map(Self.markdown).joined(separator: " | ") + " |\n"
    }
  }

  private func cells(_ row: WarningRow) -> [String] {
    [
      row.id, row.severity.rawValue, row.what, row.owner ?? "", row.breaks.rawValue,
      row.lastUsedAt?.rfc3339 ?? "", row.agent ?? row.source ?? "",
      row.evidence(window: session.policy.properties.usageWindow), row.nextStep,
      row.state.rawValue, row.review?.reviewer ?? "", row.review?.note ?? "",
      row.review?.until?.rfc3339 ?? "",
    ]
  }

  /// A cell as RFC 4180 has it, that no spreadsheet takes for a formula.
  static func csv(_ text: String) -> String {
    let starts: Set<Character> = ["=", "+", "-", "@", "\t", "\r", "\n", "\r\n"]
    let plain = text.first.map(starts.contains) == true ? "'" + text : text
    let isQuoted = plain.unicodeScalars.contains { "\",\r\n".unicodeScalars.contains($0) }
    return isQuoted ? "\"" + plain.replacing("\"", with: "\"\"") + "\"" : plain
  }

  /// A text that Markdown shows as it is: no markup, no HTML, no end of a cell, and nothing that
  /// GitHub's flavour makes a link of by itself (GFM, section 6.9).
  static func markdown(_ text: String) -> String {
    Printed.line(text).reduce(into: "") { result, character in
      if "\\`*_{}[]()<>#+-!|~&".contains(character) { result.append("\\") }
      result.append(character)
    }
    .replacing("://", with: ":\\//")
    .replacing(/www\./.ignoresCase()) { $0.output.dropLast() + "\\." }
  }
}

extension Desk {
  func warnings(_ filter: [String], _ anchor: Anchor, _ limit: Int) throws -> Page<WarningRow> {
    let filter = WarningFilter(parsing: filter.joined(separator: " "))
    return try warnings(
      PageRequest(filter: filter, sort: .urgency, anchor: anchor, limit: limit))
  }

  func warnings(id: String) throws -> WarningRow? {
    try warnings(PageRequest(filter: WarningFilter(id: id), sort: .urgency, limit: 1)).rows.first
  }

  private func warnings(
    _ request: PageRequest<WarningFilter, WarningSort>
  ) throws -> Page<WarningRow> {
    guard case .warnings(let answer) = try ask(.warnings(request)) else {
      throw UnexpectedAnswer(asked: "warnings")
    }
    return answer
  }

  func readiness() throws -> Readiness {
    guard case .readiness(let answer) = try ask(.readiness) else {
      throw UnexpectedAnswer(asked: "readiness")
    }
    return answer
  }
}
