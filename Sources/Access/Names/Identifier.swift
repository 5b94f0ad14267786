/// The identity of one `Subject`, so that ids of different things cannot be mixed up.
///
/// Not named `ID`: inside an `Identifiable` type that means its associated type.
package struct Identifier<Subject>: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The identity as it is stored and as scripts see it.
  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  package var description: String { text }

  package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}
