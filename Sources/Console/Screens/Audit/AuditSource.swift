import Access
import TerminalKit

/// The audit as a list.
struct AuditSource: ListSource {
  /// What `since:7d` counts from.
  var now: Instant

  let usualSort = AuditSort.seq
  let isUsuallyDescending = true

  func filter(_ text: String) -> AuditFilter { AuditFilter(parsing: text, now: now) }

  func question(_ request: PageRequest<AuditFilter, AuditSort>) -> Question { .audit(request) }

  func page(in answer: Answer) -> Page<AuditRow>? {
    if case .audit(let page) = answer { page } else { nil }
  }

  func name(of sort: AuditSort) -> SafeText { "time" }
  func column(of sort: AuditSort) -> Int? { 0 }

  func problem(in text: String) -> SafeText? {
    let term = FilterTerm.terms(text).first { term in
      term.key == "since" && AuditFilter.instant(term.value, now: now) == nil
    }
    return term.map { Guidance.sinceUnreadable($0.value) }
  }

  /// The command that lists the same; what was typed without a word of the filter is the screen's
  /// alone.
  func command(_ text: String) -> String {
    let options = FilterTerm.terms(text).compactMap { term in
      term.key.flatMap { Self.options.contains($0) ? " --\($0) \(term.value.asCommandWord)" : nil }
    }
    return "gatehouse audit list" + options.joined()
  }

  private static let options: Set<String> = ["since", "actor", "action", "target", "source"]
}
