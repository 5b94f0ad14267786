import Access
package import TerminalKit

// The frame: what is around every screen, and who draws the rest.
extension ConsoleState {
  package func view() -> Frame {
    guard size.holds(Chrome.smallest) else {
      return .tooSmall(size, needed: Chrome.smallest, glyphs: options.glyphs)
    }
    var frame = Frame(canvas: Canvas(size: size, glyphs: options.glyphs))
    drawHeader(on: &frame.canvas)
    drawTabs(on: &frame.canvas)
    drawBanner(on: &frame.canvas)
    if let screen = stacks[place]?.last {
      screen.content.draw(on: &frame, in: Chrome.body(of: size), scene(for: screen.owner))
    }
    frame.canvas.rule(row: Chrome.ruleRow(of: size), columns: 0..<size.columns)
    drawFooter(on: &frame)
    for dialog in dialogs {
      // Nothing below may have the cursor, or be written over what is on top.
      frame.cursor = nil
      frame.wrappedRun = nil
      dialog.content.draw(
        on: &frame, in: Chrome.dialogBounds(size), scene(for: dialog.owner))
    }
    // Last, as a long one takes more than the footer's row.
    if let message, message.kind == .error || prompt == nil {
      message.draw(on: &frame.canvas, endingAt: Chrome.footerRow(of: size))
    }
    return frame
  }

  /// What the first line says.
  struct Header: Equatable {
    let login: Login
    let minute: Int64
    let siteName: String
    let level: SecurityLevel
    let mode: APIMode
    let refusedLastHour: Int64
    let isReadOnly: Bool
    let isWorking: Bool
  }

  private func drawHeader(on canvas: inout Canvas) {
    let policy = session.policy
    let header = Header(
      login: session.account.login, minute: now.instant.milliseconds / 60_000,
      siteName: policy.properties.siteName, level: policy.level, mode: policy.mode,
      refusedLastHour: session.refusedLastHour, isReadOnly: onlyLooks != nil,
      isWorking: !underWay.isEmpty)
    let line = Rect(column: 0, row: Chrome.headerRow, columns: size.columns, rows: 1)
    drawn.header.draw(header, on: &canvas, in: line) { draw(header, on: &$0) }
  }

  private func draw(_ header: Header, on canvas: inout Canvas) {
    let row = Chrome.headerRow
    let right = SafeText(header.login.text) + " " + options.zone.clock(now.instant) + " "
    canvas.put(right, endingAt: size.columns, row: row, maxWidth: size.columns / 2)
    let isLocked = header.mode != .bearer
    let site = SafeText(header.siteName)
    var marks: [(text: SafeText, style: Style)] = [
      (SafeText(header.level.name.uppercased()), isLocked ? .muted : Style(.title, .bold)),
      (SafeText(header.mode.rawValue) + (isLocked ? ", level locked" : ""), style(of: header.mode)),
    ]
    if header.refusedLastHour > 0 {
      let count = SafeText.count(Int(clamping: header.refusedLastHour))
      marks.append(("! " + count + " refused/1h", .danger))
    }
    if header.isReadOnly { marks.append(("read-only", .warning)) }
    if header.isWorking { marks.append(("working", .accent)) }
    // The site's name gives way first: what is in force must be seen.
    let end = size.columns - right.width - 1
    let needed = marks.reduce(0) { $0 + $1.text.width + 2 }
    var column = 1
    let room = max(end - column - needed, 0)
    let product: SafeText = site == "Gatehouse" ? "Gatehouse" : "Gatehouse · " + site
    column += canvas.put(
      product.width <= room ? product : site, at: Point(column: column, row: row), style: .title,
      maxWidth: room)
    for mark in marks where column + 2 < end {
      column += 2
      column += canvas.put(
        mark.text, at: Point(column: column, row: row), style: mark.style,
        maxWidth: end - column)
    }
  }

  private func style(of mode: APIMode) -> Style {
    switch mode {
    case .bearer: .ok
    case .legacy: .plain
    case .conflict: .warning
    case .closed: .danger
    }
  }

  /// What the line of tabs says.
  struct Tabs: Equatable {
    let places: [Place]
    let active: Place
    let drafts: Set<Place>
  }

  private func drawTabs(on canvas: inout Canvas) {
    let tabs = Tabs(places: places, active: place, drafts: Set(drafts))
    let line = Rect(column: 0, row: Chrome.tabRow, columns: size.columns, rows: 1)
    drawn.tabs.draw(tabs, on: &canvas, in: line) { draw(tabs, on: &$0) }
  }

  private func draw(_ line: Tabs, on canvas: inout Canvas) {
    let start = Point(column: 1, row: Chrome.tabRow)
    let columns = size.columns - start.column
    func tabs(_ places: [Place]) -> [TabBar.Tab] {
      places.map { place in
        TabBar.Tab(
          key: SafeText(place.key.description),
          label: line.drafts.contains(place) ? place.label + "*" : place.label)
      }
    }
    // My account is there for everyone; its tab is the first to give way.
    let others = line.places.filter { $0 != .account }
    for shown in [line.places, others] where !shown.isEmpty {
      let tabs = tabs(shown)
      let width = tabs.reduce(-1) { $0 + $1.key.width + $1.label.width + 2 }
      guard width <= columns else { continue }
      TabBar(tabs, active: shown.firstIndex(of: line.active))
        .draw(on: &canvas, at: start, columns: columns)
      return
    }
    TabBar(tabs(line.places), active: line.places.firstIndex(of: line.active))
      .draw(on: &canvas, at: start, columns: columns)
  }

  private func drawBanner(on canvas: inout Canvas) {
    let row = Chrome.bannerRow
    canvas.rule(row: row, columns: 0..<size.columns)
    guard let pending = session.standing.pending, let deadline = pending.deadline else { return }
    let room = size.columns - 4
    let tail: SafeText = " · + keep or cancel "
    let number: SafeText = " REVISION \(pending.number) "
    let left = deadline.countdown(now.instant)
    // Narrow terminals get fewer words; the figures and the key stay.
    var text = number + "TAKES ITSELF BACK IN " + left
    if text.width + tail.width > room { text = number + "LAPSES IN " + left }
    let what: SafeText = " · \(pending.author): " + pendingSubject(pending)
    if room - text.width - tail.width >= min(what.width, 16) {
      text += what.truncated(
        to: room - text.width - tail.width, ellipsis: options.glyphs.ellipsis)
    }
    canvas.put(
      text + tail, at: Point(column: 2, row: row), style: Style(.warning, .bold), maxWidth: room)
  }

  /// What a pending revision is about: the new level where that is all.
  private func pendingSubject(_ pending: Revision) -> SafeText {
    let standing = session.standing
    let differences = standing.fallback?.policy.differences(to: standing.policy) ?? []
    let isLevelOnly =
      differences.count == 1 && standing.fallback?.policy.level != standing.policy.level
    return SafeText(isLevelOnly ? standing.policy.level.name : pending.summary)
  }

  private func drawFooter(on frame: inout Frame) {
    let point = Point(column: 1, row: Chrome.footerRow(of: size))
    let columns = size.columns - 2
    let screen = stacks[place]?.last
    if let prompt {
      frame.cursor = draw(prompt, on: &frame.canvas, at: point, columns: columns)
    } else if dialogs.isEmpty, message == nil, let screen, !screen.content.isTyping {
      let footer = Footer(
        screen.content.hints(scene(for: screen.owner)), last: KeyHint("?", "help"))
      let line = Rect(column: 0, row: point.row, columns: size.columns, rows: 1)
      drawn.footer.draw(footer, on: &frame.canvas, in: line) {
        footer.draw(on: &$0, at: point, columns: columns)
      }
    }
  }

  /// The line of input in the footer's place, if there is one.
  private var prompt: Prompt? {
    dialogs.isEmpty ? commandLine ?? stacks[place]?.last?.content.prompt : nil
  }

  private func draw(
    _ prompt: Prompt, on canvas: inout Canvas, at point: Point, columns: Int
  ) -> Point {
    let width = canvas.put(prompt.label, at: point, style: .accent, maxWidth: columns / 2)
    let gap = prompt.label.string.hasSuffix(":") ? 0 : 1
    return prompt.field.draw(
      on: &canvas, at: Point(column: point.column + width + gap, row: point.row),
      columns: columns - width - gap, isFocused: true)
  }
}
