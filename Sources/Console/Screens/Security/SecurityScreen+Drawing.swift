import Access
package import TerminalKit

extension SecurityScreen {
  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    let (left, right) = Self.panes(rect)
    frame.canvas.rule(column: left.endColumn, rows: rect.row..<rect.endRow)
    let entryCursor = drawEntries(on: &frame.canvas, in: left, scene)
    let detailCursor = drawDetail(on: &frame.canvas, in: right, scene)
    frame.cursor = pane == .detail ? detailCursor : entryCursor
  }

  /// The list, and what it shows of its current line; a rule goes between them.
  private static func panes(_ rect: Rect) -> (left: Rect, right: Rect) {
    let (left, rest) = rect.splitColumns(rect.columns >= 100 ? 36 : 30, gap: 1)
    let right = Rect(
      column: rest.column + 1, row: rest.row, columns: max(rest.columns - 2, 1), rows: rest.rows)
    return (left, right)
  }

  // MARK: - Left

  private func drawEntries(on canvas: inout Canvas, in rect: Rect, _ scene: Scene) -> Point {
    var row = rect.row
    var cursor = rect.origin
    func title(_ text: SafeText) {
      canvas.put(" " + text, at: Point(column: rect.column, row: row), style: .title)
      row += 1
    }
    func line(_ entry: Entry) {
      let isCurrent = entry == self.entry
      let hasFocus = isCurrent && pane == .entries
      if isCurrent {
        cursor = Point(column: rect.column + 1, row: row)
        canvas.put(">", at: cursor, style: hasFocus ? Style(.accent, .bold) : .plain)
      }
      let (name, state) = words(for: entry, scene)
      let start = rect.column + 3
      let style: Style = hasFocus ? Style(.plain, .reverse) : .plain
      canvas.put(name, at: Point(column: start, row: row), style: style)
      canvas.put(
        state.text, at: Point(column: start + 14, row: row), style: state.style,
        maxWidth: max(rect.columns - 18, 0))
      row += 1
    }
    title("Security level")
    for level in SecurityLevel.allCases { line(.level(level)) }
    let isRoomy = rect.rows > Entry.all.count + 2
    if isRoomy { row += 1 }
    if rect.rows >= Entry.all.count + CredentialKind.allCases.count + 5 {
      drawMatrix(on: &canvas, at: Point(column: rect.column + 2, row: row), scene)
      row += CredentialKind.allCases.count + 2
    }
    if isRoomy { title("Settings") }
    for entry in Entry.all.dropFirst(SecurityLevel.allCases.count) { line(entry) }
    return cursor
  }

  private func words(for entry: Entry, _ scene: Scene) -> (name: SafeText, state: TableCell) {
    let policy = scene.session.policy
    switch entry {
    case .level(let level):
      let mark: SafeText = level == policy.level ? "(*) " : "( ) "
      return (mark + SafeText(level.name), state(of: level, scene))
    case .passwords:
      let text: SafeText = policy.passwordsAtHigh == .all ? "everyone's" : "listed"
      return ("Passwords", TableCell(text))
    case .expiration:
      let text = "\(policy.expiration.defaultLifetime), max \(policy.expiration.maximum)"
      return ("Expiration", TableCell(SafeText(text)))
    case .integrations:
      switch integrations {
      case nil: return ("Integrations", TableCell("counting…", .muted))
      case .success(let rows): return ("Integrations", TableCell(.count(rows.count) + " listed"))
      case .failure: return ("Integrations", TableCell("not shown", .muted))
      }
    case .observing: return ("Observing", observing(scene))
    case .brownouts: return ("Brownouts", brownouts(scene))
    case .cutOver:
      guard let operations else { return ("Cut-over", TableCell("counting…", .muted)) }
      return (
        "Cut-over",
        operations.cutOver.map { TableCell(SafeText($0.date.description), .warning) }
          ?? TableCell("no date set", .muted)
      )
    case .revisions:
      let current = scene.session.standing.current.revision
      return ("Revisions", TableCell("\(current.number), " + current.at.ago(scene.now)))
    }
  }

  private func observing(_ scene: Scene) -> TableCell {
    guard let operations else { return TableCell("counting…", .muted) }
    guard let observation = operations.observation else { return TableCell("nothing", .muted) }
    let span = SafeText.span(seconds: scene.now.seconds(since: observation.since))
    return TableCell(SafeText(observation.level.name) + ", " + span, .accent)
  }

  /// The one that runs, else the next one.
  private func brownouts(_ scene: Scene) -> TableCell {
    guard let operations else { return TableCell("counting…", .muted) }
    let open = operations.brownouts.filter { $0.state(at: scene.now).isOpen }
    if let running = open.first(where: { $0.state(at: scene.now) == .running }) {
      return TableCell("ends in " + running.until.countdown(scene.now), .danger)
    }
    guard let next = open.first else { return TableCell("none planned", .muted) }
    return TableCell("in " + .span(seconds: next.from.seconds(since: scene.now)), .warning)
  }

  private func state(of level: SecurityLevel, _ scene: Scene) -> TableCell {
    guard scene.session.policy.mode == .bearer else { return TableCell("locked", .muted) }
    switch plans[level] {
    case nil: return TableCell("in force", .ok)
    case .counting: return TableCell("counting…", .muted)
    case .failed: return TableCell("not known", .danger)
    case .known(let plan) where plan.impact.unreviewed > 0:
      return TableCell(.count(plan.impact.unreviewed) + " to resolve", .warning)
    case .known(let plan) where plan.impact.stops > 0:
      let stops = plan.impact.stops
      return TableCell(.count(stops) + (stops == 1 ? " stops" : " stop"), .warning)
    case .known(let plan) where plan.impact.change.isLowering:
      return TableCell("lets in more", .muted)
    case .known: return TableCell("none stop", .ok)
    }
  }

  /// What each level makes of each kind of credential.
  private func drawMatrix(on canvas: inout Canvas, at origin: Point, _ scene: Scene) {
    let columns = [11, 16, 23]
    for (column, level) in zip(columns, SecurityLevel.allCases) {
      let name: SafeText = level == .standard ? "Std" : level == .maximum ? "Max" : "High"
      canvas.put(
        name, at: Point(column: origin.column + column, row: origin.row), style: .muted)
    }
    for (line, kind) in CredentialKind.inFigures.enumerated() {
      let row = origin.row + 1 + line
      let name: SafeText =
        switch kind {
        case .legacyKey: "Legacy key"
        case .password: "Password"
        case .bearer: "Bearer"
        }
      canvas.put(name, at: Point(column: origin.column, row: row), style: .muted)
      for (column, level) in zip(columns, SecurityLevel.allCases) {
        let cell: TableCell =
          switch scene.session.policy.at(level).acceptance(of: kind) {
          case .accepted: TableCell("yes", .ok)
          case .listed: TableCell("listed", .warning)
          case .refused: TableCell("no", .muted)
          }
        canvas.put(
          cell.text, at: Point(column: origin.column + column, row: row), style: cell.style)
      }
    }
  }

  // MARK: - Right

  /// How many lines of the right side are out of sight, and how many are seen.
  func hiddenDetail(_ scene: Scene) -> (hidden: Int, height: Int) {
    let rect = Self.panes(Chrome.body(of: scene.size)).right
    let count = SecurityDetail(self, scene, columns: rect.columns).lines(rows: rect.rows).count
    guard count > rect.rows else { return (0, rect.rows) }
    // The last row says that there is more.
    return (count - rect.rows + 1, rect.rows - 1)
  }

  private func drawDetail(on canvas: inout Canvas, in rect: Rect, _ scene: Scene) -> Point {
    let lines = SecurityDetail(self, scene, columns: rect.columns).lines(rows: rect.rows)
    let isCut = lines.count > rect.rows
    let height = isCut ? rect.rows - 1 : rect.rows
    let hidden = lines.count - height
    var first = isCut ? min(detailTop, hidden) : 0
    if pane == .detail, let place = lines.lastIndex(where: { $0.figure == figureMenu.cursor }) {
      first = max(first, place - height + 1)
    }
    var cursor: Point?
    for (line, detail) in lines.dropFirst(first).prefix(height).enumerated() {
      let start = Point(column: rect.column, row: rect.row + line)
      var style = detail.style
      if let figure = detail.figure, figure == figureMenu.cursor, pane == .detail {
        if cursor == nil {
          canvas.put(">", at: start, style: Style(.accent, .bold))
          cursor = start
        }
        style = style.with(.reverse)
      }
      let indent = detail.figure == nil ? 0 : 2
      canvas.put(
        detail.text, at: Point(column: start.column + indent, row: start.row), style: style,
        maxWidth: rect.columns - indent)
    }
    let isTextFocused = pane == .detail && cursor == nil
    if isCut {
      let text = more(above: first, below: hidden - first)
      let row = rect.endRow - 1
      canvas.put(
        text, endingAt: rect.endColumn, row: row,
        style: isTextFocused ? Style(.accent, .reverse) : .accent, maxWidth: rect.columns)
      if isTextFocused { cursor = Point(column: max(rect.endColumn - text.width, 0), row: row) }
    } else if isTextFocused, let head = lines.first {
      canvas.put(
        head.text, at: rect.origin, style: head.style.with(.reverse), maxWidth: rect.columns)
    }
    return cursor ?? rect.origin
  }

  private func more(above: Int, below: Int) -> SafeText {
    if pane == .entries { return "v " + .count(below) + " more, Tab then Down" }
    let parts: [SafeText] =
      (above > 0 ? ["^ " + .count(above) + " more, Up"] : [])
      + (below > 0 ? ["v " + .count(below) + " more, Down"] : [])
    return parts.dropFirst().reduce(parts.first ?? "") { $0 + "   " + $1 }
  }
}
