import Access

/// Two texts held against each other line by line.
///
/// Of two lines about the same thing, like `level: high` and `level: maximum`, the old one is
/// followed by the new one.
struct LineDiff: Hashable, Sendable {
  enum Kind: Hashable, Sendable { case same, removed, added }

  struct Line: Hashable, Sendable {
    let kind: Kind
    let text: String
  }

  private(set) var lines: [Line] = []

  /// Beyond this many comparisons the middle is shown as all old, then all new.
  private static let mostComparisons = 250_000

  /// A text that is not there has no lines; JSON is laid out, one member a line.
  init(before: String?, after: String?) {
    let old = before.map(Self.lines) ?? []
    let new = after.map(Self.lines) ?? []
    let head = zip(old, new).prefix { $0 == $1 }.count
    let tail = zip(old.dropFirst(head).reversed(), new.dropFirst(head).reversed())
      .prefix { $0 == $1 }.count
    lines = old.prefix(head).map { Line(kind: .same, text: $0) }
    compare(
      Array(old.dropFirst(head).dropLast(tail)), Array(new.dropFirst(head).dropLast(tail)))
    lines += old.suffix(tail).map { Line(kind: .same, text: $0) }
  }

  private mutating func compare(_ old: [String], _ new: [String]) {
    guard old.count * new.count <= Self.mostComparisons else { return replace(old, new) }
    let kept = new.difference(from: old)
    var removed = Set<Int>()
    var added = Set<Int>()
    for change in kept {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      var gone: [String] = []
      var come: [String] = []
      while left < old.count, removed.contains(left) {
        gone.append(old[left])
        left += 1
      }
      while right < new.count, added.contains(right) {
        come.append(new[right])
        right += 1
      }
      replace(gone, come)
      if left < old.count, right < new.count {
        lines.append(Line(kind: .same, text: old[left]))
      }
      left += 1
      right += 1
    }
  }

  /// Old lines, each followed by the new one with the same name where there is one.
  private mutating func replace(_ old: [String], _ new: [String]) {
    var rest = new
    for line in old {
      lines.append(Line(kind: .removed, text: line))
      guard let name = Self.name(line),
        let index = rest.firstIndex(where: { Self.name($0) == name })
      else { continue }
      lines.append(Line(kind: .added, text: rest.remove(at: index)))
    }
    lines += rest.map { Line(kind: .added, text: $0) }
  }

  /// What stands before the colon of `name: value`, with its indent.
  private static func name(_ line: String) -> Substring? {
    line.firstRange(of: ": ").map { line[..<$0.lowerBound] }
  }

  private static func lines(_ text: String) -> [String] {
    let isJSON = text.first == "{" || text.first == "["
    let shown = isJSON ? (try? JSONParser.parse(text).value.pretty) ?? text : text
    return shown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
