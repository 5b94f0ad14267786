/// Numbers as bars of text.
package enum Bars {
  private static let eighths: [SafeText] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// A column a number, low to high `▁▂▃▄▅▆▇█`; zero is a blank and nothing else is.
  ///
  /// The highest column stands for `maximum`, or for the largest number.
  package static func sparkline(_ numbers: [Int], maximum: Int? = nil) -> SafeText {
    let top = max(maximum ?? numbers.max() ?? 0, 1)
    return numbers.reduce(into: "" as SafeText) { line, number in
      line += number <= 0 ? " " : eighths[level(number, of: top, levels: eighths.count) - 1]
    }
  }

  /// The rows, top first, of a chart of upright bars, one column a number.
  package static func chart(_ numbers: [Int], rows: Int, maximum: Int? = nil) -> [SafeText] {
    let rows = max(rows, 0)
    let top = max(maximum ?? numbers.max() ?? 0, 1)
    let levels = numbers.map { number in
      number <= 0 ? 0 : level(number, of: top, levels: rows * eighths.count)
    }
    return (0..<rows).reversed().map { row in
      levels.reduce(into: "" as SafeText) { line, level in
        let part = min(level - row * eighths.count, eighths.count)
        line += part <= 0 ? " " : eighths[part - 1]
      }
    }
  }

  /// A bar from left to right, as long as `number` is of `maximum`; above zero it is never empty.
  package static func bar(_ number: Int, of maximum: Int, columns: Int) -> SafeText {
    guard number > 0, columns > 0 else { return "" }
    return .repeating("█", level(number, of: max(maximum, 1), levels: columns))
  }

  /// `[█████░░░░░]  50%`, filled only when all is done.
  package static func progress(_ done: Int, of total: Int, columns: Int) -> SafeText {
    let columns = max(columns - 7, 0)
    let total = max(total, 1)
    let done = min(max(done, 0), total)
    let full = Int(share(done, of: total) * Double(columns))
    let percent = SafeText("\(Int(share(done, of: total) * 100))%").padded(to: 5, right: true)
    return "[" + .repeating("█", full) + .repeating("░", columns - full) + "]" + percent
  }

  /// From 1 to `levels`, nearest to the share; `number` is above zero.
  private static func level(_ number: Int, of maximum: Int, levels: Int) -> Int {
    let share = share(min(number, maximum), of: maximum)
    return min(max(Int(share * Double(levels) + 0.5), 1), max(levels, 1))
  }

  private static func share(_ number: Int, of whole: Int) -> Double {
    Double(number) / Double(whole)
  }
}
