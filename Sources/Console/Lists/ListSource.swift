import Access
import TerminalKit

/// What a big list shows, and how it asks for its rows.
protocol ListSource: Sendable {
  associatedtype Row: ListRow
  associatedtype Filter: Hashable & Sendable
  associatedtype Sort: Hashable & Sendable & CaseIterable
  /// What is read of the row that the cursor rests on, beyond the row itself.
  associatedtype Known: Equatable & Sendable = Never

  /// The order it begins with.
  var usualSort: Sort { get }
  var isUsuallyDescending: Bool { get }

  /// What was typed, as a filter; the empty text lets through all rows of the list.
  func filter(_ text: String) -> Filter
  func question(_ request: PageRequest<Filter, Sort>) -> Question
  /// The rows in an answer to ``question(_:)``; nil for any other answer.
  func page(in answer: Answer) -> Page<Row>?

  /// Asks how many rows a filter lets through, after the rows themselves are on show; nil where
  /// pages bring their total, or nobody counts.
  func totalQuestion(_ filter: Filter) -> Question?
  func total(in answer: Answer) -> Int?

  /// As the sort menu names it: `end`, `last use`.
  func name(of sort: Sort) -> SafeText
  /// The number of the column that is marked as sorted by.
  func column(of sort: Sort) -> Int?

  /// What is wrong with a filter that can match nothing, and what would be right.
  func problem(in text: String) -> SafeText?

  /// Whether what is typed as a filter is a secret, whole or in part: it is hidden then, and never
  /// asked for as a filter.
  func isSecret(_ text: String) -> Bool
}

extension ListSource {
  var isUsuallyDescending: Bool { false }
  func totalQuestion(_ filter: Filter) -> Question? { nil }
  func total(in answer: Answer) -> Int? { nil }
  func column(of sort: Sort) -> Int? { nil }
  func problem(in text: String) -> SafeText? { nil }
  func isSecret(_ text: String) -> Bool { false }
}
