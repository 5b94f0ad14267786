import Access
import TerminalKit

/// The legacy keys as a list.
struct LegacyKeySource: ListSource {
  let usualSort = LegacyKeySort.lastUsed

  func filter(_ text: String) -> LegacyKeyFilter { LegacyKeyFilter(parsing: text) }

  func question(_ request: PageRequest<LegacyKeyFilter, LegacyKeySort>) -> Question {
    .keys(request)
  }

  func page(in answer: Answer) -> Page<LegacyKeyRow>? {
    if case .keys(let page) = answer { page } else { nil }
  }

  func name(of sort: LegacyKeySort) -> SafeText {
    switch sort {
    case .lastUsed: "last use"
    case .label: "label"
    }
  }

  func column(of sort: LegacyKeySort) -> Int? {
    switch sort {
    case .lastUsed: 3
    case .label: 0
    }
  }

  func problem(in text: String) -> SafeText? {
    let term = FilterTerm.terms(text).first { term in
      term.key == "state" && LegacyKeyState(rawValue: term.value.lowercased()) == nil
    }
    let states = LegacyKeyState.allCases.map(\.rawValue).joined(separator: ", ")
    return term.map { "state:\(SafeText($0.value)) is no state of a key. They are \(states)." }
  }
}
