/// A line of text being edited.
package struct TextField: Hashable, Sendable {
  /// What was typed, as it was; it becomes ``SafeText`` only where it is drawn.
  package private(set) var text: String
  /// Where the next character goes, counted in characters from the start.
  package private(set) var cursor: Int
  /// The most characters it takes.
  package let limit: Int
  /// Whether a `*` is shown for each character.
  package let isSecret: Bool

  package init(_ text: String = "", limit: Int = 256, isSecret: Bool = false) {
    self.text = String(text.prefix(limit))
    self.limit = limit
    self.isSecret = isSecret
    cursor = self.text.count
  }

  /// What became of a key or of pasted text.
  package enum Outcome: Hashable, Sendable {
    /// The field has no use for the key.
    case ignored
    case moved
    case changed
    /// There was no room for so many characters; they were left out.
    case full(leftOut: Int)
  }

  package mutating func handle(_ key: Key) -> Outcome {
    switch key {
    case .character(let character): insert(String(character))
    case .left: move(to: cursor - 1)
    case .right: move(to: cursor + 1)
    case .home, .control("A"): move(to: 0)
    case .end, .control("E"): move(to: .max)
    case .backspace, .control("H"): delete(from: cursor - 1, to: cursor)
    case .delete: delete(from: cursor, to: cursor + 1)
    case .control("U"): delete(from: 0, to: cursor)
    case .control("W"): delete(from: startOfWord, to: cursor)
    default: .ignored
    }
  }

  /// Inserts pasted text: line ends at its ends are dropped, each other control becomes a blank.
  package mutating func paste(_ pasted: String) -> Outcome {
    let scalars = pasted.unicodeScalars.map { Self.isControl($0) ? " " : $0 }
    let ends = pasted.unicodeScalars.map { $0 == "\n" || $0 == "\r" }
    let first = ends.firstIndex(of: false) ?? ends.count
    let last = ends.lastIndex(of: false).map { $0 + 1 } ?? first
    var line = String.UnicodeScalarView()
    line.append(contentsOf: scalars[first..<last])
    return insert(String(line))
  }

  /// Replaces the text, and puts the cursor at its end.
  package mutating func set(_ text: String) {
    self.text = String(text.prefix(limit))
    cursor = self.text.count
  }

  private mutating func insert(_ new: String) -> Outcome {
    let room = max(limit - text.count, 0)
    let taken = new.prefix(room)
    let leftOut = new.count - taken.count
    if !taken.isEmpty {
      let before = text.prefix(cursor) + taken
      let joined = before + text.dropFirst(cursor)
      // A mark may have joined the character before it, so count what came of it.
      cursor = before.count
      text = String(joined)
    }
    return leftOut > 0 ? .full(leftOut: leftOut) : .changed
  }

  private mutating func move(to place: Int) -> Outcome {
    cursor = min(max(place, 0), text.count)
    return .moved
  }

  private mutating func delete(from start: Int, to end: Int) -> Outcome {
    let start = max(start, 0)
    let end = min(end, text.count)
    guard start < end else { return .moved }
    text = String(text.prefix(start) + text.dropFirst(end))
    cursor = min(start, text.count)
    return .changed
  }

  private var startOfWord: Int {
    let before = Array(text.prefix(cursor))
    var place = before.count
    while place > 0, before[place - 1] == " " { place -= 1 }
    while place > 0, before[place - 1] != " " { place -= 1 }
    return place
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (scalar.value >= 0x7F && scalar.value < 0xA0)
  }
}

extension TextField {
  /// Draws `[text____]` in `columns` columns and returns where the cursor belongs.
  ///
  /// While it is edited, longer text is shifted so that the cursor is seen; `<` says that it begins
  /// further left. Without the focus its beginning is shown.
  @discardableResult
  package func draw(
    on canvas: inout Canvas, at point: Point, columns: Int, isFocused: Bool,
    style: Style = .plain
  ) -> Point {
    let room = max(columns - 2, 0)
    let last = Point(column: point.column + max(columns - 1, 0), row: point.row)
    let bracket = isFocused ? Style(.accent, .bold) : Style.muted
    canvas.put("[", at: point, style: bracket, maxWidth: columns)
    canvas.put("]", at: last, style: bracket, maxWidth: columns)
    var start = Point(column: point.column + 1, row: point.row)
    canvas.put(.repeating("_", room), at: start, style: .muted)
    guard isFocused else {
      canvas.put(shown(text[...]), at: start, style: style, maxWidth: room)
      return point
    }
    let before = shown(text.prefix(cursor))
    let after = shown(text.dropFirst(cursor))
    if before.width < room || (before.width == room && after.isEmpty) || room < 2 {
      canvas.put((before + after).prefix(room), at: start, style: style)
      return Point(column: min(start.column + before.width, last.column), row: point.row)
    }
    // The last cell is the cursor's, the first one says that something is hidden.
    canvas.put("<", at: start, style: .muted)
    let seen = before.split(at: before.width - (room - 2)).rest
    start.column += room - 1
    canvas.put(seen, endingAt: start.column, row: point.row, style: style)
    if after.width > 0 { canvas.put(after.prefix(1), at: start, style: style) }
    return start
  }

  private func shown(_ part: Substring) -> SafeText {
    isSecret ? .repeating("*", part.count) : SafeText(String(part))
  }
}
