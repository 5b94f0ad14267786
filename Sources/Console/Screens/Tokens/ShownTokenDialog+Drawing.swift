import Access
package import TerminalKit

extension ShownTokenDialog {
  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    frame.canvas.clear(rect)
    let text = SafeText(value)
    let head = heading.wrapped(to: rect.columns - 2)
    let rows = Frame.rows(for: text, columns: rect.columns)
    let controls = controls(scene, columns: rect.columns - 2)
    let fixed = head.count + rows + controls.count
    guard fixed <= rect.rows else {
      return drawTooSmall(on: &frame, in: rect, needed: fixed + 1)
    }
    // Advice gives way to the value; blank lines to advice.
    var hints: [SafeText] = []
    for hint in self.hints(scene) {
      let lines = hint.wrapped(to: rect.columns - 2)
      if fixed + hints.count + lines.count <= rect.rows { hints += lines }
    }
    var blanks = min(rect.rows - fixed - hints.count, 3)
    var row = rect.row
    for line in head {
      frame.canvas.put(
        line, at: Point(column: 1, row: row), style: .title, maxWidth: rect.columns - 2)
      row += 1
    }
    skip()
    row = frame.putWrappedRun(text, firstRow: row, endRow: rect.endRow)
    skip()
    for line in hints {
      frame.canvas.put(line, at: Point(column: 1, row: row), style: .muted)
      row += 1
    }
    skip()
    for line in controls {
      draw(line, on: &frame, at: Point(column: 1, row: row), columns: rect.columns - 2)
      row += 1
    }

    func skip() {
      if blanks > 0 { row += 1 }
      blanks -= 1
    }
  }

  /// A line with controls, or with words only.
  enum Line: Hashable, Sendable {
    case text(SafeText, Style)
    case field(SafeText, ControlID)
    case buttons([ControlID], SafeText)
  }

  private var heading: SafeText {
    let row = issued.row
    return "Token " + SafeText(row.name) + " for " + SafeText(row.owner)
      + ". Shown this once; Gatehouse keeps only a digest."
  }

  private func hints(_ scene: Scene) -> [SafeText] {
    var hints = [
      scene.size.columns < 80 ? Guidance.selectItBriefly : Guidance.selectIt,
      Guidance.clipboardLimits,
    ]
    if scene.remote == nil { hints.append(Guidance.writesFile) }
    if let overlap { hints.append(Guidance.oldTokenWorks(overlap)) }
    return hints
  }

  private func controls(_ scene: Scene, columns: Int) -> [Line] {
    switch phase {
    case .shown:
      let label: SafeText =
        columns >= 76 ? "Paste it back to prove you have it:  " : "Paste it back:  "
      let verdict: (SafeText, Style) =
        difference.map { ($0, .danger) } ?? proof.map { ($0, .ok) }
        ?? (Guidance.notProven, .muted)
      return [
        .field(label, .proof), .text(verdict.0, verdict.1),
        proof == nil ? .buttons([.done, .revoke], "Esc asks first") : .buttons([.done], ""),
      ]
    case .leaving:
      return [
        .text("Leave without proof? It is never shown again.", .warning),
        .buttons([.stay, .leave, .revoke], ""),
      ]
    case .writing:
      return [
        .field("New file, on this host:  ", .path),
        .text("Only you may read it; no file is overwritten.", .muted),
        .buttons([.back, .write], "Esc back"),
      ]
    }
  }

  private func label(_ button: ControlID) -> SafeText {
    switch button {
    case .done: "Done"
    case .revoke: phase == .leaving ? "Revoke it now" : "I cannot copy it: revoke it now"
    case .stay: "Stay"
    case .leave: "Leave: I have it"
    case .back: "Back"
    case .write: "Write"
    case .proof, .path: ""
    }
  }

  private func draw(_ line: Line, on frame: inout Frame, at point: Point, columns: Int) {
    switch line {
    case .text(let text, let style):
      frame.canvas.put(text, at: point, style: style, maxWidth: columns)
    case .field(let label, let id):
      frame.canvas.put(label, at: point)
      guard case .field(let field) = form.control(id) else { return }
      let start = Point(column: point.column + label.width, row: point.row)
      let cursor = field.draw(
        on: &frame.canvas, at: start, columns: min(columns - label.width, 60),
        isFocused: form.focus == id)
      if form.focus == id { frame.cursor = cursor }
    case .buttons(let buttons, let hint):
      var column = point.column
      for button in buttons {
        let text = "[ " + label(button) + " ]"
        let isFocused = form.focus == button
        let place = Point(column: column, row: point.row)
        frame.canvas.put(
          text, at: place, style: isFocused ? Style(.accent, [.reverse, .bold]) : .plain,
          maxWidth: point.column + columns - column)
        if isFocused { frame.cursor = Point(column: column + 2, row: point.row) }
        column += text.width + 3
      }
      if column + hint.width <= point.column + columns {
        frame.canvas.put(hint, at: Point(column: column, row: point.row), style: .muted)
      }
    }
  }

  private func drawTooSmall(on frame: inout Frame, in rect: Rect, needed: Int) {
    let text = Guidance.tooSmallForToken(rows: needed)
    let lines = text.wrapped(to: rect.columns - 2)
    for (line, words) in lines.prefix(rect.rows).enumerated() {
      frame.canvas.put(words, at: Point(column: 1, row: rect.row + line), style: .warning)
    }
    frame.cursor = Point(column: 1, row: rect.row)
  }
}
