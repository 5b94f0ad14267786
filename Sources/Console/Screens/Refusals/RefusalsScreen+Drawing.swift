import Access
package import TerminalKit

extension RefusalsScreen {
  /// Rows of the part below the list, its rule among them.
  private static let detailRows = 11
  /// With fewer rows than this one part is shown at a time.
  private static let roomForBoth = 16

  static func listHeight(_ body: Size) -> Int {
    body.rows - 2 - (body.rows >= roomForBoth ? detailRows : 0)
  }

  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    guard rect.rows >= Self.roomForBoth else {
      let isList = pane == .callers || pages.isEmpty
      if isList {
        frame.cursor = drawList(on: &frame.canvas, in: rect, scene)
      } else if let row = pages.current {
        frame.cursor = drawDetail(of: row, on: &frame.canvas, in: rect, scene)
      }
      return
    }
    let (list, detail) = rect.splitRows(-Self.detailRows)
    let cursor = drawList(on: &frame.canvas, in: list, scene)
    frame.cursor = cursor
    guard let row = pages.current else { return }
    frame.canvas.rule(row: detail.row, columns: 0..<detail.endColumn)
    let inside = detail.splitRows(1).1
    let way = drawDetail(of: row, on: &frame.canvas, in: inside, scene)
    if pane == .ways { frame.cursor = way }
  }

  // MARK: - The callers

  private func drawList(on canvas: inout Canvas, in rect: Rect, _ scene: Scene) -> Point? {
    let (head, body) = rect.splitRows(1)
    canvas.put(heading, at: head.origin, style: .title, maxWidth: head.columns)
    return pages.draw(
      on: &canvas, in: body, columns: Self.columns, empty: Guidance.nothingRefused(isDay: isDay)
    ) { row, column in
      Self.cell(row, column, scene.now)
    }
  }

  private var heading: SafeText {
    var heading: SafeText = isDay ? " Refused in the last 24 hours" : " Refused in the last hour"
    guard let report else { return heading }
    heading += ": " + .count(report.callers) + (report.callers == 1 ? " caller" : " callers")
    heading += ", " + .count(Int(clamping: report.requests)) + " requests"
    if report.callers > report.rows.count { heading += ", the latest " + .count(report.rows.count) }
    if !filterText.isEmpty { heading += ", filter: " + SafeText(filterText) }
    return heading
  }

  private static let columns = [
    Column("Last", minimum: 10),
    Column("Times", minimum: 6, alignment: .right),
    Column("Who", minimum: 12, ideal: 20, stretch: 2),
    Column("With", minimum: 10, ideal: 12, priority: 2),
    Column("From", minimum: 9, ideal: 15, stretch: 1, priority: 1),
    Column("Reason", minimum: 18),
  ]

  private static func cell(_ row: RefusalRow, _ column: Int, _ now: Instant) -> TableCell {
    switch column {
    case 0: TableCell(row.lastAt.ago(now))
    case 1: TableCell(.count(Int(clamping: row.times)))
    case 2: TableCell(SafeText(row.caller.text), row.caller.owner == nil ? .muted : .plain)
    case 3: TableCell(row.kind.map { SafeText($0.name) } ?? "-")
    case 4: TableCell(row.source.map { SafeText($0) } ?? "-")
    default: TableCell(row.reasonText, .danger)
    }
  }

  // MARK: - The cause and the ways out

  private func drawDetail(
    of row: RefusalRow, on canvas: inout Canvas, in rect: Rect, _ scene: Scene
  ) -> Point? {
    let ways = WayOut.all(for: row, scene)
    let width = rect.columns - 2
    var lines: [(SafeText, Style)] = SafeText(row.cause(scene)).wrapped(to: width)
      .map { ($0, .warning) }
    if let origin = row.origin(scene) { lines.append((origin, .plain)) }
    lines += checks(of: row)
    // The ways out are what somebody came for: they keep their rows.
    let room = max(rect.rows - ways.count - 1, 0)
    var line = rect.row
    for (text, style) in lines.prefix(room) {
      canvas.put(text, at: Point(column: 1, row: line), style: style, maxWidth: width)
      line += 1
    }
    guard line < rect.endRow else { return nil }
    canvas.put(
      "Ways out, the narrowest first:", at: Point(column: 1, row: line), style: .title,
      maxWidth: width)
    line += 1
    var cursor: Point?
    for (index, way) in ways.enumerated() where line < rect.endRow {
      let isHere = pane == .ways && index == self.way
      let place = Point(column: 1, row: line)
      if isHere {
        canvas.put(">", at: place, style: Style(.accent, .bold))
        cursor = place
      }
      let reach = way.reach
      let right = min(46, rect.columns - reach.width - 1)
      canvas.put(
        way.text, at: Point(column: 3, row: line),
        style: isHere ? Style(.plain, .reverse) : .plain, maxWidth: max(right - 4, 8))
      if right > 12 {
        canvas.put(
          reach, at: Point(column: right, row: line), style: .muted,
          maxWidth: rect.columns - right)
      }
      line += 1
    }
    return cursor
  }

  /// The checks of the decision as it would be now: those passed, and the one that fails.
  private func checks(of row: RefusalRow) -> [(SafeText, Style)] {
    guard let explained, explained.row == row.id else { return [] }
    let decision = explained.explanation.decision
    var lines: [(SafeText, Style)] = []
    if let passed = decision.passedText { lines.append(("  " + passed, .ok)) }
    if let refusal = decision.refusal {
      let name = SafeText(refusal.subject.rawValue) + ": " + SafeText(refusal.rawValue)
      lines.append(("  REFUSED  " + name, .danger))
    } else {
      lines.append(("  Would be allowed now.", .ok))
    }
    return lines
  }
}
