import Access
@testable import Administration
import Credentials
import Storage
import Synchronization

/// A gate with one event loop in front of a site, whose scrypt is counted and costs nothing.
///
/// What it takes for a hash is the password itself, so that tests need not wait for scrypt.
final class TestGate {
  let site: TestSite
  let shared: EnforcementSite
  let enforcement: Enforcement
  /// The passwords that were checked against a hash, and the hash.
  let checks: CheckLog

  init(
    _ site: TestSite, on administration: Administration? = nil, observesOnly: Bool = false,
    log: CheckLog = CheckLog()
  ) throws {
    self.site = site
    checks = log
    let marker = PasswordMarker()
    shared = try EnforcementSite(
      try administration ?? site.opened(), observesOnly: observesOnly,
      arithmetic: PasswordDesk.Arithmetic(
        verify: { log.check($0, $1) },
        mark: { login, password in
          log.mark()
          return marker.mark(login, password)
        }))
    enforcement = try Enforcement(shared)
  }

  final class CheckLog: Sendable {
    private let entries = Mutex<[String]>([])
    private let marks = Mutex(0)
    let right = "right password"

    var count: Int { entries.withLock { $0.count } }
    /// How many digests of pairs were taken.
    var digests: Int { marks.withLock { $0 } }

    func mark() { marks.withLock { $0 += 1 } }

    func check(_ password: Secret, _ hash: String) -> Bool {
      entries.withLock { $0.append(hash) }
      return password == secret(right)
    }
  }

  /// The answer, with what it takes away from the event loop done at once.
  func judge(
    _ presentation: Presentation, from source: String? = "10.0.0.7", method: String = "GET"
  ) -> Judgement {
    var judgement = judgeOnLoop(presentation, from: source, method: method)
    while case .deferred(let work) = judgement { judgement = work() }
    return judgement
  }

  func judgeOnLoop(
    _ presentation: Presentation, from source: String? = "10.0.0.7", method: String = "GET"
  ) -> Judgement {
    enforcement.judge { _ in
      Attempt(
        presentation,
        request: RequestFacts(
          source: source.flatMap(IPAddress.init(parsing:)), method: method),
        agent: "curl/8", path: "/items")
    }
  }

  func ruling(
    _ presentation: Presentation, from source: String? = "10.0.0.7", method: String = "GET"
  ) -> Ruling? {
    guard case .ruled(let ruling) = judge(presentation, from: source, method: method) else {
      return nil
    }
    return ruling
  }

  /// The word for the answer; the failure where there is none.
  func reason(
    _ presentation: Presentation, from source: String? = "10.0.0.7", method: String = "GET"
  ) -> String {
    switch judge(presentation, from: source, method: method) {
    case .ruled(let ruling): ruling.decision.reason
    case .unavailable(let reason): "unavailable: \(reason)"
    case .deferred: "deferred"
    }
  }
}

func secret(_ text: String) -> Secret { Secret(text.utf8) }
