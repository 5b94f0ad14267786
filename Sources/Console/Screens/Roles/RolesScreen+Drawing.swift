import Access
package import TerminalKit

// How the matrix looks: roles above, below them what is not saved and what the cursor is on.
extension RolesScreen {
  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    let rows = rows
    let inner = rect.inset(columns: 1)
    var parts: [[ScrollText.Line]] = []
    if let row = current(scene) {
      let isTight = hasDraft && rect.rows < 14
      let cell = cellLines(row, columns: inner.columns, isShort: isTight)
      let room = rect.rows - min(rows.count, isTight ? 4 : 6) - 1 - cell.count - 1
      parts = [stagedLines(columns: inner.columns, atMost: max(room, 1), scene), cell]
    }
    parts.removeAll(where: \.isEmpty)
    let needed = rows.count + 1 + parts.reduce(0) { $0 + $1.count + 1 }
    let columns = Self.columnLines()
    if needed + columns.count < rect.rows { parts.append(columns) }
    // Blank rows between the parts are the first to go.
    var blanks = min(max(rect.rows - needed + parts.count, 1), parts.count)
    let below = parts.reduce(0) { $0 + $1.count } + blanks
    let (matrix, rest) = rect.splitRows(min(rows.count + 1, max(rect.rows - below, 1)))
    frame.cursor = drawMatrix(rows, on: &frame.canvas, in: matrix, scene) ?? rect.origin
    var line = rest.row
    for part in parts {
      if blanks > 0 { line += 1 }
      blanks -= 1
      for text in part {
        frame.canvas.put(
          text.text, at: Point(column: inner.column, row: line), style: text.style,
          maxWidth: inner.columns)
        line += 1
      }
    }
  }

  private func drawMatrix(
    _ rows: [RolesMatrixRow], on canvas: inout Canvas, in rect: Rect, _ scene: Scene
  ) -> Point? {
    let layout = RolesMatrixLayout(columns: rect.columns)
    let (head, body) = rect.splitRows(1)
    canvas.put(
      "Role", at: Point(column: head.column + layout.name.lowerBound, row: head.row), style: .muted)
    for (index, title) in layout.titles.enumerated() where layout.cells.indices.contains(index) {
      let isCurrent = Permission.allCases.firstIndex(of: permission) == index
      canvas.put(
        title, at: Point(column: head.column + layout.cells[index].lowerBound, row: head.row),
        style: isCurrent ? Style(.accent, .bold) : .muted)
    }
    canvas.put(
      RolesMatrixLayout.accounts, endingAt: head.column + layout.end, row: head.row, style: .muted)
    let current = current(scene)?.id
    let menu = Menu(count: rows.count, cursor: rows.firstIndex { $0.id == current } ?? 0)
    var cursor: Point?
    for (line, index) in menu.visible(height: body.rows).enumerated() {
      let start = Point(column: body.column, row: body.row + line)
      let hasFocus = index == menu.cursor
      cursor = draw(rows[index], hasFocus: hasFocus, on: &canvas, at: start, layout) ?? cursor
    }
    return cursor
  }

  /// Draws a row and returns where the cursor belongs if it has the focus.
  private func draw(
    _ row: RolesMatrixRow, hasFocus: Bool, on canvas: inout Canvas, at start: Point,
    _ layout: RolesMatrixLayout
  ) -> Point? {
    func point(_ column: Int) -> Point { Point(column: start.column + column, row: start.row) }
    if hasFocus { canvas.put(">", at: start, style: Style(.accent, .bold)) }
    let (mark, style): (SafeText, Style) =
      switch (row.before, row.after) {
      case (nil, _): ("+", Style(.ok, .bold))
      case (_, nil): ("-", Style(.warning, .bold))
      default: (" ", .plain)
      }
    canvas.put(mark, at: point(1), style: style)
    canvas.put(
      row.name, at: point(layout.name.lowerBound), style: hasFocus ? style.with(.bold) : style,
      maxWidth: layout.name.count)
    var cursor: Point?
    for (columns, permission) in zip(layout.cells, Permission.allCases) {
      let cell = row.cell(permission)
      let center = columns.lowerBound + (columns.count - 1) / 2
      if hasFocus, permission == self.permission {
        let style = cell.style.with([.reverse, .bold])
        canvas.put(" " + cell.glyph + " ", at: point(center - 1), style: style)
        cursor = point(center)
      } else {
        canvas.put(cell.glyph, at: point(center), style: cell.style)
      }
    }
    let count: SafeText =
      row.before == nil ? "new" : accounts.map { .count($0[row.id] ?? 0) } ?? "…"
    canvas.put(
      count, endingAt: start.column + layout.end, row: start.row,
      style: row.before == nil || accounts == nil ? .muted : .plain)
    return cursor
  }

  // MARK: - Below

  /// What the cursor is on, and what the signs mean.
  private func cellLines(
    _ row: RolesMatrixRow, columns: Int, isShort: Bool
  ) -> [ScrollText.Line] {
    let cell = row.cell(permission)
    let words = ": " + SafeText(permission.name) + ", " + cell.words + ". "
    let lead = SafeText(row.role.name).truncated(to: max(columns - words.width, 8)) + words
    let meaning = Guidance.meaning(permission)
    let lines =
      lead.width + meaning.width <= columns
      ? [lead + meaning] : [lead.truncated(to: columns)] + (isShort ? [] : [meaning])
    let legend: SafeText = "= fixed   * granted   + to be granted   - to be withdrawn"
    return lines.map { ScrollText.Line($0) } + [ScrollText.Line(legend, .muted)]
  }

  /// What the columns stand for, where there is room to say so.
  private static func columnLines() -> [ScrollText.Line] {
    let titles = RolesMatrixLayout.wide
    let width = (titles.map(\.width).max() ?? 0) + 2
    let names = (Permission.allCases.map(\.name.count).max() ?? 0) + 2
    return zip(titles, Permission.allCases).map { title, permission in
      ScrollText.Line(
        title.padded(to: width) + SafeText(permission.name).padded(to: names)
          + Guidance.meaning(permission), .muted)
    }
  }

  /// What is not saved, and how many accounts that concerns; the rest is named where room ends.
  private func stagedLines(
    columns: Int, atMost limit: Int, _ scene: Scene
  ) -> [ScrollText.Line] {
    guard let draft, !draft.isEmpty else { return [] }
    let changes = draft.changes
    let impact = plan?.change == .roles(changes) ? plan?.impact : nil
    let sentences = changes.map { change in
      let reach = impact.flatMap { change.reach($0, among: changes, in: draft.policy) }
      return change.sentence(from: draft.policy, to: draft.staged) + (reach.map { "; " + $0 } ?? "")
    }
    let lead = SafeText.count(changes.count, "change") + " not saved:"
    var lines: [ScrollText.Line] = []
    if draft.wasOvertaken {
      lines += Self.wrapped(Guidance.overtaken(draft.base, scene), columns, .warning)
    }
    if let only = sentences.first, sentences.count == 1 {
      let change = Self.wrapped(lead + " " + only + ".", columns, .warning).prefix(limit)
      return Array(lines.prefix(limit - change.count)) + change
    }
    let room = limit - lines.count - 1
    guard room > 1 else {
      let all = SafeText.count(changes.count, "change") + " not saved; w shows them."
      return Array(lines.prefix(max(limit - 1, 0))) + [ScrollText.Line(all, .warning)]
    }
    lines.append(ScrollText.Line(lead, .warning))
    let shown = sentences.count <= room ? sentences.count : max(room - 1, 0)
    lines += sentences.prefix(shown).map { ScrollText.Line("  " + $0.truncated(to: columns - 2)) }
    if shown < sentences.count {
      let rest = sentences.count - shown
      lines.append(ScrollText.Line("  and " + .count(rest) + " more; w shows all", .muted))
    }
    return Array(lines.prefix(limit))
  }

  private static func wrapped(
    _ text: SafeText, _ columns: Int, _ style: Style
  ) -> [ScrollText.Line] {
    text.wrapped(to: columns).map { ScrollText.Line($0, style) }
  }
}

extension RoleChange {
  /// One line of what is staged: `Integrators to gain Create tokens`.
  func sentence(from policy: Policy, to next: Policy) -> SafeText {
    let name = SafeText((policy.role(role) ?? next.role(role))?.name ?? role.text)
    return switch self {
    case .add: SafeText(next.role(role)?.name ?? role.text) + " to be added"
    case .rename(_, let new): name + " to be called " + SafeText(new)
    case .remove: name + " to be removed"
    case .grant(_, let permission): name + " to gain " + SafeText(permission.name)
    case .withdraw(_, let permission): name + " to lose " + SafeText(permission.name)
    }
  }
}

extension RoleChange {
  /// `17 accounts gain it`; nil where it says nothing of accounts.
  func reach(_ impact: Impact, among changes: [RoleChange], in policy: Policy) -> SafeText? {
    switch self {
    case .grant(_, let permission):
      let same = changes.count {
        if case .grant(_, permission) = $0 { true } else { false }
      }
      return Self.reach(impact.gaining[permission], "gain", same)
    case .withdraw(_, let permission):
      let same = changes.count {
        if case .withdraw(_, permission) = $0 { true } else { false }
      }
      return Self.reach(impact.losing[permission], "lose", same)
    case .remove(let id):
      let granted = policy.role(id)?.permissions.sorted ?? []
      let parts = granted.compactMap { permission -> SafeText? in
        guard let count = impact.losing[permission] else { return nil }
        return .count(count, "account") + (count == 1 ? " loses " : " lose ")
          + SafeText(permission.name)
      }
      return parts.isEmpty
        ? "nobody loses anything"
        : parts.dropFirst().reduce(parts.first ?? "") { $0 + ", " + $1 }
    case .add, .rename: return nil
    }
  }

  /// Several roles may be changed in the same column: then the number is that of all of them.
  private static func reach(_ count: Int?, _ verb: SafeText, _ changes: Int) -> SafeText {
    guard let count, count > 0 else { return "no account " + verb + "s it" }
    let all: SafeText = changes > 1 ? " in all" : ""
    return .count(count, "account") + " " + verb + (count == 1 ? "s it" : " it") + all
  }
}
