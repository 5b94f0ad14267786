import Access
package import TerminalKit

/// The system properties: what each is set to, what it does, and a way to change it.
package struct PropertiesScreen: Screen {
  package enum Command: Hashable, Sendable { case edit }

  package static let keymap = Keymap<ScreenCommand<Command>>([
    .everywhere(.open, "edit", help: "edit the property, or enable Bearer support"),
    .own("e", .edit, "edit", help: "edit the property", isInFooter: false),
    .everywhere(.find, help: "find text in names, values and descriptions"),
    .everywhere(.findNext, isInFooter: false),
    .everywhere(.findPrevious, isInFooter: false),
    .everywhere(.copy, "copy value", help: "copy the value"),
  ])

  package let title: SafeText = "System properties"
  package private(set) var prompt: Prompt?

  /// What is under the cursor.
  private var row: Row = .bearer
  private var sought = ""

  /// What the cursor can be on.
  private enum Row: Hashable, Sendable {
    case bearer
    case property(PropertyKey)
  }

  package init() {}

  package func label(
    of command: ScreenCommand<Command>, _ usual: SafeText, _ scene: Scene
  ) -> SafeText? {
    command == .everywhere(.open) && current(scene) == .bearer ? "enable Bearer support" : usual
  }

  package func commandLine(_ scene: Scene) -> String? {
    switch current(scene) {
    case .bearer: "gatehouse bearer enable"
    case .property(let key):
      "gatehouse property set \(key.rawValue) "
        + scene.session.policy.properties[key].asCommandWord
    }
  }

  /// The way to Bearer tokens stands on top as long as it was not taken.
  private static func rows(_ scene: Scene) -> [Row] {
    let bearer: [Row] = scene.session.policy.mode == .bearer ? [] : [.bearer]
    return bearer + PropertyKey.allCases.map { .property($0) }
  }

  private func current(_ scene: Scene) -> Row {
    let rows = Self.rows(scene)
    return rows.contains(row) ? row : rows.first ?? row
  }

  package mutating func perform(_ command: Command, _ context: inout Context) { open(&context) }

  package mutating func perform(_ command: Everywhere, _ context: inout Context) {
    switch command {
    case .move(let movement):
      let rows = Self.rows(context.scene)
      var menu = Menu(count: rows.count, cursor: rows.firstIndex(of: current(context.scene)) ?? 0)
      menu.move(movement, height: context.body.rows)
      if rows.indices.contains(menu.cursor) { row = rows[menu.cursor] }
    case .open: open(&context)
    case .find: prompt = Prompt("Find", TextField(sought))
    case .findNext: find(forward: true, &context)
    case .findPrevious: find(forward: false, &context)
    case .copy:
      if case .property(let key) = current(context.scene) {
        context.copy(context.session.policy.properties[key])
      }
    default: break
    }
  }

  private func open(_ context: inout Context) {
    guard context.scene.may(.manageSettings) else {
      context.fail(Guidance.noPermission(.manageSettings, contact: context.session.contact))
      return
    }
    switch current(context.scene) {
    case .bearer: context.review(.enableBearer(.standard))
    case .property(let key):
      context.open(PropertyDialog(key, value: context.session.policy.properties[key]))
    }
  }

  // MARK: - Finding

  package mutating func type(_ key: Key, _ context: inout Context) {
    switch key {
    case .escape, .control("C"): prompt = nil
    case .enter:
      sought = prompt?.field.text ?? ""
      prompt = nil
      if !sought.isEmpty { find(forward: true, &context) }
    default: _ = prompt?.field.handle(key)
    }
  }

  package mutating func paste(_ text: String, _ context: inout Context) -> Bool {
    _ = prompt?.field.paste(text)
    return prompt != nil
  }

  private mutating func find(forward: Bool, _ context: inout Context) {
    guard !sought.isEmpty else {
      context.say(Guidance.nothingSought)
      return
    }
    let rows = Self.rows(context.scene)
    let start = rows.firstIndex(of: current(context.scene)) ?? 0
    for step in 1...rows.count {
      let index = (start + (forward ? step : rows.count - step)) % rows.count
      guard Self.text(of: rows[index], context.scene).contains(sought.lowercased()) else {
        continue
      }
      let isWrapped = forward ? index <= start : index >= start
      row = rows[index]
      if isWrapped { context.say(Guidance.foundAround) }
      return
    }
    context.fail(Guidance.notFound(sought))
  }

  private static func text(of row: Row, _ scene: Scene) -> String {
    switch row {
    case .bearer: "enable bearer support"
    case .property(let key):
      "\(key.rawValue) \(scene.session.policy.properties[key]) \(key.summary)".lowercased()
    }
  }

  // MARK: - Drawing

  private static let layout = [
    Column("Property", minimum: 19),
    Column("Value", minimum: 16, ideal: 24, stretch: 1),
    Column("", minimum: 7, priority: 1),
    Column("Meaning", minimum: 16, ideal: 40, stretch: 2, priority: 2),
  ]

  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    let inner = rect.inset(columns: 1)
    let layout = ColumnLayout(Self.layout, width: inner.columns - 2)
    layout.drawHeader(
      on: &frame.canvas, at: Point(column: inner.column + 2, row: inner.row), style: .muted)
    let rows = Self.rows(scene)
    let current = current(scene)
    // What the property under the cursor is about, below the list where there is room.
    let details = details(current, scene, columns: inner.columns - 2)
    let listRows = min(rows.count, max(inner.rows - 2 - details.count, min(inner.rows - 1, 6)))
    let menu = Menu(count: rows.count, cursor: rows.firstIndex(of: current) ?? 0)
    for (line, index) in menu.visible(height: listRows).enumerated() {
      let start = Point(column: inner.column + 2, row: inner.row + 1 + line)
      let hasFocus = index == menu.cursor
      if hasFocus {
        let edge = Point(column: inner.column, row: start.row)
        frame.canvas.put(">", at: edge, style: Style(.accent, .bold))
        frame.cursor = edge
      }
      draw(rows[index], hasFocus: hasFocus, on: &frame.canvas, at: start, layout, scene)
    }
    let below = inner.splitRows(listRows + 2).bottom
    ScrollText(details).draw(
      on: &frame.canvas,
      in: Rect(
        column: below.column + 2, row: below.row, columns: below.columns - 2, rows: below.rows))
  }

  private func draw(
    _ row: Row, hasFocus: Bool, on canvas: inout Canvas, at point: Point, _ layout: ColumnLayout,
    _ scene: Scene
  ) {
    switch row {
    case .bearer:
      canvas.put(
        "Enable Bearer support", at: point,
        style: hasFocus ? Style(.warning, [.bold, .reverse]) : Style(.warning, .bold),
        maxWidth: layout.width)
    case .property(let key):
      let value = scene.session.policy.properties[key]
      let isDefault = value == key.defaultText
      layout.drawRow(on: &canvas, at: point) { column in
        switch column {
        case 0: TableCell(SafeText(key.rawValue), hasFocus ? Style(.plain, .reverse) : .plain)
        case 1: TableCell(SafeText(value), isDefault ? .plain : Style(.plain, .bold))
        case 2: TableCell(isDefault ? "default" : "set", .muted)
        default: TableCell(SafeText(key.summary), .muted)
        }
      }
    }
  }

  private func details(_ row: Row, _ scene: Scene, columns: Int) -> [ScrollText.Line] {
    let lines: [ScrollText.Line] =
      switch row {
      case .bearer:
        [
          .init(Guidance.mode(scene.session.policy.mode), .warning), .init(Guidance.enableBearer),
        ]
      case .property(let key):
        [
          .init(SafeText("\(key.rawValue): \(key.summary)."), .title),
          .init("Kind " + SafeText(key.kind.rawValue) + ", default " + SafeText(key.defaultText)),
        ]
      }
    return ScrollText(lines, wrappedTo: columns).lines
  }
}
