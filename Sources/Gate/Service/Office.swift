import Access
import Administration
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import NIOPosix

/// Answers what may block: on threads of its own, never on an event loop.
final class Office: Sendable {
  let site: EnforcementSite
  let log: Logger
  private let threads: NIOThreadPool
  private let complaints = NIOLockedValueBox(Complaints())

  /// What was complained of last, so that a lasting trouble does not fill the log.
  private struct Complaints {
    var reason = ""
    var until = NIODeadline.uptimeNanoseconds(0)
    var flushes = FlushRecord()
  }

  init(_ site: EnforcementSite, _ threads: NIOThreadPool, _ log: Logger) {
    self.site = site
    self.threads = threads
    self.log = log
  }

  func perform<Value: Sendable>(
    on loop: any EventLoop, _ work: @escaping @Sendable () throws -> Value
  ) -> EventLoopFuture<Value> {
    threads.runIfActive(eventLoop: loop, work)
  }

  // MARK: - The log

  /// Says why requests cannot be judged: when it begins, when it changes, and each minute.
  func complain(_ reason: String) {
    let isNews = complaints.withLockedValue { complaints in
      let now = NIODeadline.now()
      guard reason != complaints.reason || now >= complaints.until else { return false }
      (complaints.reason, complaints.until) = (reason, now + .minutes(1))
      return true
    }
    guard isNews else { return }
    log.error("Requests cannot be judged.", metadata: ["reason": .string(reason)])
  }

  var flushes: FlushRecord { complaints.withLockedValue { $0.flushes } }

  /// Writes the counters, and logs where that begins to fail and to work again.
  func flush() {
    let problem: String?
    do {
      try site.flush()
      problem = nil
    } catch {
      problem = "\(error)"
    }
    let before = complaints.withLockedValue { complaints in
      defer { complaints.flushes.take(problem) }
      return complaints.flushes.problem
    }
    switch (before, problem) {
    case (nil, let problem?):
      log.error(
        "Counters cannot be written; they are kept.", metadata: ["reason": .string(problem)])
    case (_?, nil): log.notice("Counters are written again.")
    default: break
    }
  }
}

/// How writing the counters went.
struct FlushRecord: Sendable {
  private(set) var failures = 0
  /// What was wrong the last time; nil where it went well.
  private(set) var problem: String?

  mutating func take(_ problem: String?) {
    self.problem = problem
    if problem != nil { failures += 1 }
  }
}

// MARK: - Pages

extension Office {
  /// The answer to a page other than the metrics, from its method and its form.
  func answer(_ page: Route.Page, _ head: HTTPRequestHead, _ body: ByteBuffer) -> Answer {
    if page.takesForm {
      guard head.method == .POST else { return .methodNotAllowed("POST") }
      return answer(
        page, HeaderFields(head.headers, legacyKeyHeader: ""), Form(body.readableBytesView))
    }
    guard head.method == .GET || head.method == .HEAD else { return .methodNotAllowed("GET, HEAD") }
    switch page {
    case .health: return .text(.ok, "alive\n", lines: Answer.noStore)
    case .help: return .help
    case .readiness: return readiness()
    default: return publication(page, unless: head.headers.first(name: "if-none-match"))
    }
  }

  private func readiness() -> Answer {
    switch site.readiness() {
    case .ready: return .text(.ok, "ready\n", lines: Answer.noStore)
    case .unready(let reason):
      complain(reason)
      return .text(.unavailable, "not ready: \(reason)\n", lines: Answer.noStore)
    }
  }

  private func publication(_ page: Route.Page, unless tag: String?) -> Answer {
    do {
      let publication = try site.publication()
      switch page {
      case .keys: return publication.keys
      case .metadata: return publication.metadata
      default: return publication.revokedTokens(unless: tag)
      }
    } catch {
      complain("\(error)")
      return .unavailable
    }
  }

  private func answer(_ page: Route.Page, _ fields: HeaderFields, _ form: Form?) -> Answer {
    guard let form, let token = form["token"] else {
      return .error(
        .badRequest, "invalid_request",
        "Send one form field token, as application/x-www-form-urlencoded.", lines: Answer.noStore)
    }
    let client = ClientCredentials(fields, form)
    let secret = Secret(token.utf8)
    if page == .introspection {
      switch site.introspect(secret, by: client) {
      case .active(let token): return .json(.ok, token.json, lines: Answer.noStore)
      case .inactive: return .json(.ok, IntrospectedToken.inactive, lines: Answer.noStore)
      case .clientRefused: return .clientRefused
      case .unavailable(let reason): return unavailable(reason)
      }
    }
    switch site.revoke(secret, by: client) {
    case .done: return Answer(.ok, lines: Answer.noStore)
    case .clientRefused: return .clientRefused
    case .unavailable(let reason): return unavailable(reason)
    }
  }

  private func unavailable(_ reason: String) -> Answer {
    complain(reason)
    return .unavailable
  }
}
