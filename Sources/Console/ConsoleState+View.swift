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

  private func drawHeader(on canvas: inout Canvas) {
    let policy = session.policy
    let header = Header(
      login: session.account.login, minute: now.instant.milliseconds / 60_000,
      siteName: policy.properties.siteName, level: policy.level, mode: policy.mode,
      refusedLastHour: session.surroundings?.refusedLastHour ?? 0, isReadOnly: onlyLooks != nil,
      isWorking: !underWay.isEmpty)
    let line = Rect(column: 0, row: Chrome.headerRow, columns: size.columns, rows: 1)
    drawn.header.draw(header, on: &canvas, in: line) { [zone = options.zone, now = now.instant] in
      header.draw(on: &$0, clock: zone.clock(now))
    }
  }

  private func drawTabs(on canvas: inout Canvas) {
    let tabs = Tabs(places: places, active: place, drafts: Set(drafts))
    let line = Rect(column: 0, row: Chrome.tabRow, columns: size.columns, rows: 1)
    drawn.tabs.draw(tabs, on: &canvas, in: line) { tabs.draw(on: &$0) }
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
