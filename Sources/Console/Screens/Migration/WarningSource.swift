import Access
import TerminalKit

/// The migration warnings as a list.
struct WarningSource: ListSource {
  let usualSort = WarningSort.urgency

  func filter(_ text: String) -> WarningFilter { WarningFilter(parsing: text) }

  func question(_ request: PageRequest<WarningFilter, WarningSort>) -> Question {
    .warnings(request)
  }

  func page(in answer: Answer) -> Page<WarningRow>? {
    if case .warnings(let page) = answer { page } else { nil }
  }

  func totalQuestion(_ filter: WarningFilter) -> Question? { .warningTotal(filter) }

  func total(in answer: Answer) -> Int? {
    if case .warningTotal(let total) = answer { total } else { nil }
  }

  func name(of sort: WarningSort) -> SafeText { "urgency" }

  func column(of sort: WarningSort) -> Int? { 0 }

  func problem(in text: String) -> SafeText? {
    for term in FilterTerm.terms(text) {
      let value = term.value.lowercased()
      let values: [String]
      switch term.key {
      case "state" where !["open", "done"].contains(value):
        values = ReviewState.allCases.map(\.rawValue) + ["open", "done"]
      case "breaks": values = WarningBreak.allCases.map(\.rawValue)
      case "severity": values = WarningSeverity.allCases.map(\.rawValue)
      case "kind": values = WarningKind.allCases.map(\.rawValue)
      default: continue
      }
      guard !values.contains(value) else { continue }
      return "\(SafeText(term.text)) matches nothing. "
        + SafeText("Write \(term.key ?? ""): and one of \(values.joined(separator: ", ")).")
    }
    return nil
  }
}
