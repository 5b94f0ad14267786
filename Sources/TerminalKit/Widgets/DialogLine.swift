/// A line of a dialog as it is meant; where it is too long it is wrapped when drawn.
package enum DialogLine<ID: Hashable & Sendable>: Hashable, Sendable {
  case blank
  case text(SafeText, Style = .plain)
  case row([DialogPiece<ID>])
}

/// A part of a line: words, or one of the form's controls.
package enum DialogPiece<ID: Hashable & Sendable>: Hashable, Sendable {
  case text(SafeText, Style = .plain)
  /// An input field of that many columns with its brackets, or of fewer where there is no room.
  case field(ID, columns: Int)
  /// `[x] label`
  case tick(ID, SafeText)
  /// `(*) label`, the option of that number of a choice.
  case option(ID, Int, SafeText)
  /// `[ label ]`
  case button(ID, SafeText)
}

/// A part that has found its place, counted from the top left of the dialog's text.
struct DialogFragment<ID: Hashable & Sendable>: Hashable, Sendable {
  enum Content: Hashable, Sendable {
    case text(SafeText, Style)
    case field(ID, columns: Int)
    case tick(ID)
    case option(ID, Int)
    case button(ID, SafeText)
  }

  let line: Int
  let column: Int
  let content: Content

  /// Whether this is where the focus of `form` is.
  func hasFocus(in form: Form<ID>) -> Bool {
    switch content {
    case .text: false
    case .field(let id, _), .tick(let id), .button(let id, _): form.focus == id
    case .option(let id, let option):
      if form.focus == id, case .choice(let choice) = form.control(id) {
        choice.cursor == option
      } else {
        false
      }
    }
  }
}

/// Gives the lines of a dialog their places on a width.
struct DialogFlow<ID: Hashable & Sendable> {
  let columns: Int
  private(set) var fragments: [DialogFragment<ID>] = []
  private(set) var lineCount = 0

  init(_ lines: [DialogLine<ID>], columns: Int) {
    self.columns = columns
    for line in lines {
      switch line {
      case .blank: break
      case .text(let text, let style): add([.text(text, style)])
      case .row(let pieces): add(pieces)
      }
      lineCount += 1
    }
  }

  /// Buttons side by side, `gap` columns apart, in as many lines as they need.
  init(buttons: [(id: ID, label: SafeText)], columns: Int, gap: Int = 3) {
    self.columns = columns
    guard !buttons.isEmpty else { return }
    var column = 0
    for (id, label) in buttons {
      if column > 0, column + label.width + 4 > columns {
        column = 0
        lineCount += 1
      }
      place(.button(id, label), at: column)
      column += label.width + 4 + gap
    }
    lineCount += 1
  }

  private mutating func add(_ pieces: [DialogPiece<ID>]) {
    var column = 0
    for piece in pieces {
      switch piece {
      case .text(let text, let style):
        column = place(text, style, at: column, hanging: column)
      case .field(let id, let wanted):
        if columns - column < min(wanted, 8), column > 0 { column = nextLine() }
        let width = min(wanted, columns - column)
        place(.field(id, columns: width), at: column)
        column += width
      case .tick(let id, let label):
        column = mark(.tick(id), label, at: column)
      case .option(let id, let option, let label):
        column = mark(.option(id, option), label, at: column)
      case .button(let id, let label):
        if column > 0, column + label.width + 4 > columns { column = nextLine() }
        place(.button(id, label), at: column)
        column += label.width + 4
      }
    }
  }

  private mutating func mark(
    _ content: DialogFragment<ID>.Content, _ label: SafeText, at column: Int
  ) -> Int {
    let column = column > 0 && column + 8 > columns ? nextLine() : column
    place(content, at: column)
    return place(label, .plain, at: column + 4, hanging: column + 4)
  }

  private mutating func place(
    _ text: SafeText, _ style: Style, at column: Int, hanging: Int
  ) -> Int {
    if column + text.width <= columns {
      place(.text(text, style), at: column)
      return column + text.width
    }
    // Words beside a wide field get a line of their own rather than a narrow column.
    let start = columns - hanging < min(20, columns) ? 0 : hanging
    if start != column { lineCount += 1 }
    var end = start
    for (index, line) in text.wrapped(to: columns - start).enumerated() {
      if index > 0 { lineCount += 1 }
      place(.text(line, style), at: start)
      end = start + line.width
    }
    return end
  }

  private mutating func place(_ content: DialogFragment<ID>.Content, at column: Int) {
    fragments.append(DialogFragment(line: lineCount, column: column, content: content))
  }

  private mutating func nextLine() -> Int {
    lineCount += 1
    return 0
  }
}
