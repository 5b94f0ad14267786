/// A box over the screen: text and controls that scroll if they must, and buttons that are always
/// seen.
package struct Dialog<ID: Hashable & Sendable>: Sendable {
  package var title: SafeText
  package var titleStyle: Style
  package var lines: [DialogLine<ID>]
  package var buttons: [(id: ID, label: SafeText)]
  /// What the keys do, and the command that does the same; empty for none.
  package var hint: SafeText
  /// The width where there is room, with the border.
  package var columns: Int

  package init(
    title: SafeText, titleStyle: Style = .title, lines: [DialogLine<ID>],
    buttons: [(id: ID, label: SafeText)], hint: SafeText = "", columns: Int = 80
  ) {
    self.title = title
    self.titleStyle = titleStyle
    self.lines = lines
    self.buttons = buttons
    self.hint = hint
    self.columns = columns
  }

  /// Draws the dialog in the middle of `bounds` and returns where the cursor belongs.
  ///
  /// `scroll` is the first line wished for; the line with the focus is always among those shown.
  @discardableResult
  package func draw(
    on canvas: inout Canvas, in bounds: Rect, form: Form<ID>, scroll: Int = 0
  ) -> Point? {
    let plan = Plan(self, in: bounds)
    canvas.clear(plan.rect)
    canvas.box(plan.rect, title: title, titleStyle: titleStyle)
    let painter = DialogPainter(form: form)
    let first = plan.firstLine(scroll, form: form)
    let shown = first..<first + plan.visibleLines
    var cursor: Point?
    for fragment in plan.body.fragments where shown.contains(fragment.line) {
      let origin = Point(column: plan.inside.column, row: plan.inside.row - first)
      cursor = painter.draw(fragment, on: &canvas, from: origin) ?? cursor
    }
    drawMore(on: &canvas, plan: plan, first: first)
    let base = Point(column: plan.inside.column, row: plan.buttonRow)
    for fragment in plan.buttons.fragments {
      cursor = painter.draw(fragment, on: &canvas, from: base) ?? cursor
    }
    if plan.showsHint {
      canvas.put(
        hint, at: Point(column: plan.inside.column, row: plan.rect.endRow - 2), style: .muted,
        maxWidth: plan.inside.columns)
    }
    return cursor
  }

  /// The first line to show after a movement, for the next ``draw(on:in:form:scroll:)``.
  package func scrolled(_ scroll: Int, _ movement: Movement, in bounds: Rect) -> Int {
    let plan = Plan(self, in: bounds)
    let step =
      switch movement {
      case .up: -1
      case .down: 1
      case .pageUp: -max(plan.visibleLines - 1, 1)
      case .pageDown: max(plan.visibleLines - 1, 1)
      case .home: Int.min / 2
      case .end: Int.max / 2
      case .left, .right: 0
      }
    return min(max(scroll + step, 0), plan.hiddenLines)
  }

  private func drawMore(on canvas: inout Canvas, plan: Plan, first: Int) {
    if first > 0 {
      canvas.put(
        " ^ \(first) more, PgUp ", endingAt: plan.rect.endColumn - 2, row: plan.rect.row,
        style: .accent, maxWidth: plan.inside.columns)
    }
    let below = plan.hiddenLines - first
    if below > 0 {
      canvas.put(
        "v \(below) more, PgDn", endingAt: plan.inside.endColumn, row: plan.moreRow,
        style: .accent, maxWidth: plan.inside.columns)
    }
  }
}

extension Dialog {
  /// Where everything goes in given bounds.
  private struct Plan {
    let rect: Rect
    /// The text's area, without border and margin.
    let inside: Rect
    let body: DialogFlow<ID>
    let buttons: DialogFlow<ID>
    let visibleLines: Int
    let buttonRow: Int
    let showsHint: Bool

    init(_ dialog: Dialog, in bounds: Rect) {
      let columns = min(dialog.columns, bounds.columns)
      body = DialogFlow(dialog.lines, columns: max(columns - 4, 1))
      buttons = DialogFlow(buttons: dialog.buttons, columns: max(columns - 4, 1))
      let gap = buttons.lineCount > 0 ? 1 : 0
      let hintRows = dialog.hint.isEmpty ? 0 : 2
      let fixed = 2 + gap + buttons.lineCount
      showsHint = hintRows > 0 && bounds.rows >= fixed + hintRows + min(body.lineCount, 4)
      let below = fixed + (showsHint ? hintRows : 0)
      rect = bounds.centered(Size(columns: columns, rows: body.lineCount + below))
      inside = rect.inset(columns: 2, rows: 1)
      visibleLines = min(max(rect.rows - below, 0), body.lineCount)
      buttonRow = inside.row + visibleLines + (rect.rows > fixed ? gap : 0)
    }

    var hiddenLines: Int { body.lineCount - visibleLines }
    /// The row that says there is more: the blank above the buttons.
    var moreRow: Int { inside.row + visibleLines }

    func firstLine(_ scroll: Int, form: Form<ID>) -> Int {
      var first = min(max(scroll, 0), hiddenLines)
      if let focused = body.fragments.first(where: { $0.hasFocus(in: form) })?.line {
        first = max(min(first, focused), focused - visibleLines + 1, 0)
      }
      return first
    }
  }
}

/// Draws the parts of a dialog as its form has them.
struct DialogPainter<ID: Hashable & Sendable> {
  let form: Form<ID>

  /// Draws one part and returns where the cursor belongs if the part has the focus.
  func draw(
    _ fragment: DialogFragment<ID>, on canvas: inout Canvas, from origin: Point
  ) -> Point? {
    let point = Point(column: origin.column + fragment.column, row: origin.row + fragment.line)
    let hasFocus = fragment.hasFocus(in: form)
    var cursor = Point(column: point.column + 1, row: point.row)
    switch fragment.content {
    case .text(let text, let style):
      canvas.put(text, at: point, style: style)
    case .field(let id, let columns):
      guard case .field(let field) = form.control(id) else { return nil }
      cursor = field.draw(on: &canvas, at: point, columns: columns, isFocused: hasFocus)
    case .tick(let id):
      mark(form.isTicked(id) ? "[x]" : "[ ]", isEnabled: form.isEnabled(id))
    case .option(let id, let option):
      guard case .choice(let choice) = form.control(id) else { return nil }
      let isEnabled = form.isEnabled(id) && !choice.disabled.contains(option)
      mark(choice.chosen == option ? "(*)" : "( )", isEnabled: isEnabled)
    case .button(let id, let label):
      mark("[ " + label + " ]", isEnabled: form.isEnabled(id))
      cursor.column += 1
    }
    return hasFocus ? cursor : nil

    func mark(_ text: SafeText, isEnabled: Bool) {
      let style: Style = isEnabled ? .plain : .muted
      canvas.put(text, at: point, style: hasFocus ? Style(.accent, [.reverse, .bold]) : style)
    }
  }
}
