import Testing

@testable import TerminalKit

@Suite("A dialog")
struct DialogTests {
  typealias ID = String

  /// The wireframe of the change to Maximum, as the screens will build it.
  static func maximum() -> (dialog: Dialog<ID>, form: Form<ID>) {
    let ticks: [SafeText] = [
      "Every integration in use sends a Bearer token, tested against this site",
      "Products that can only send a password are replaced, or may stop",
      "Monthly and yearly jobs are known; 21d of traffic would not show them",
      "An administrator holds a token that worked today      last: alice 09:12",
    ]
    var lines: [DialogLine<ID>] = [
      .text("ONLY BEARER TOKENS WILL WORK. Everyone is affected, at the next request.", .warning),
      .text("Every username and password stops, essential integrations included."),
      .blank,
      .text("Stops: 3 integrations  crm (2 h ago)  scanner (1d ago)  payroll (20d ago)"),
      .row([
        .text("Known from 21d of traffic.                               "),
        .button("all", "See all 3"),
      ]),
      .blank,
      .text("Tick each with Space once you have made sure of it:"),
    ]
    lines += ticks.enumerated().map { .row([.tick("tick\($0)", $1)]) }
    lines += [
      .row([
        .tick("tick4", "Owners know the hour, and whom to call: "), .field("whom", columns: 30),
      ]),
      .text("This console does not use the API. You can always come back here and undo."),
      .blank,
      .row([.text("Reason          "), .field("reason", columns: 55)]),
      .row([
        .text("Take back after "), .field("after", columns: 5),
        .text("   unless kept; 1m to 24h"),
      ]),
      .row([
        .text("Type MAXIMUM    "), .field("name", columns: 9),
        .text("   3 ticks missing", .warning),
      ]),
    ]
    let dialog = Dialog(
      title: "Security level: High to Maximum", lines: lines,
      buttons: [
        ("cancel", "Cancel"), ("observe", "Observe first"), ("apply", "Apply, back in 10m"),
        ("stay", "Apply to stay"),
      ],
      hint: "Tab next   Space tick   Enter press   Esc cancel")
    let fields: [Form<ID>.Item] = [
      .init("whom", .field(TextField())), .init("reason", .field(TextField())),
      .init("after", .field(TextField("10m"))), .init("name", .field(TextField())),
    ]
    let form = Form(
      [.init("all", .button)]
        + (0..<5).map { Form<ID>.Item("tick\($0)", .tick($0 < 2)) } + fields
        + [
          .init("cancel", .button), .init("observe", .button),
          .init("apply", .button, isEnabled: false), .init("stay", .button, isEnabled: false),
        ],
      focus: "cancel")
    return (dialog, form)
  }

  private func frame(
    _ size: Size, scroll: Int = 0, glyphs: Glyphs = .unicode, _ change: (inout Form<ID>) -> Void
  ) -> Frame {
    var (dialog, form) = Self.maximum()
    change(&form)
    var canvas = Canvas(size: size, glyphs: glyphs)
    let cursor = dialog.draw(on: &canvas, in: canvas.bounds, form: form, scroll: scroll)
    return Frame(canvas: canvas, cursor: cursor)
  }

  @Test("looks at 80x24 as it was drawn on paper")
  func golden() {
    let frame = frame(Size(columns: 80, rows: 24)) { _ in }
    let expected = """
      ┌─ Security level: High to Maximum ────────────────────────────────────────────┐
      │ ONLY BEARER TOKENS WILL WORK. Everyone is affected, at the next request.     │
      │ Every username and password stops, essential integrations included.          │
      │                                                                              │
      │ Stops: 3 integrations  crm (2 h ago)  scanner (1d ago)  payroll (20d ago)    │
      │ Known from 21d of traffic.                               [ See all 3 ]       │
      │                                                                              │
      │ Tick each with Space once you have made sure of it:                          │
      │ [x] Every integration in use sends a Bearer token, tested against this site  │
      │ [x] Products that can only send a password are replaced, or may stop         │
      │ [ ] Monthly and yearly jobs are known; 21d of traffic would not show them    │
      │ [ ] An administrator holds a token that worked today      last: alice 09:12  │
      │ [ ] Owners know the hour, and whom to call: [____________________________]   │
      │ This console does not use the API. You can always come back here and undo.   │
      │                                                                              │
      │ Reason          [_____________________________________________________]      │
      │ Take back after [10m]   unless kept; 1m to 24h                               │
      │ Type MAXIMUM    [_______]   3 ticks missing                                  │
      │                                                                              │
      │ [ Cancel ]   [ Observe first ]   [ Apply, back in 10m ]   [ Apply to stay ]  │
      │                                                                              │
      │ Tab next   Space tick   Enter press   Esc cancel                             │
      └──────────────────────────────────────────────────────────────────────────────┘
      """
    for (row, line) in zip(frame.text, expected.split(separator: "\n")) { #expect(row == line) }
    #expect(frame.text.count == 24 && frame.text.last == "")
    #expect(frame.cursor == Point(column: 4, row: 19))
    #expect(frame.styles[19].hasPrefix("m AAAAAAAAAA  "))
  }

  @Test("mixes words, options and fields in its lines as they were drawn")
  func newToken() {
    let form = Form<ID>(
      [
        .init("name", .field(TextField("ci-deploy"))), .init("may", .choice(Choice(count: 2))),
        .init("ends", .choice(Choice(count: 4, chosen: 1, disabled: [3]))),
        .init("span", .field(TextField())), .init("create", .button), .init("cancel", .button),
      ], focus: "ends")
    let dialog = Dialog<ID>(
      title: "New token",
      lines: [
        .row([.text("Name      "), .field("name", columns: 41), .text("  1 to 64 characters")]),
        .row([
          .text("May       "), .option("may", 0, "read and write    "),
          .option("may", 1, "read only: GET, HEAD, OPTIONS"),
        ]),
        .blank,
        .row([
          .text("Ends      "), .option("ends", 0, "in 30d    2026-12-23 14:31 UTC   default"),
        ]),
        .row([
          .text("          "),
          .option("ends", 1, "in 90d    2027-02-21 14:31 UTC   longest your role may have"),
        ]),
        .row([
          .text("          "), .option("ends", 2, "in "), .field("span", columns: 6),
          .text("     from 15m to 90d: 8h, 45d, 12w"),
        ]),
        .row([
          .text("          "),
          .option("ends", 3, "never         switched off by your administrator"),
        ]),
      ], buttons: [("create", "Create"), ("cancel", "Cancel")])
    var canvas = Canvas(size: Size(columns: 80, rows: 12))

    let cursor = dialog.draw(on: &canvas, in: canvas.bounds, form: form)

    let frame = Frame(canvas: canvas, cursor: cursor)
    let expected = """
      ┌─ New token ──────────────────────────────────────────────────────────────────┐
      │ Name      [ci-deploy______________________________]  1 to 64 characters      │
      │ May       (*) read and write    ( ) read only: GET, HEAD, OPTIONS            │
      │                                                                              │
      │ Ends      ( ) in 30d    2026-12-23 14:31 UTC   default                       │
      │           (*) in 90d    2027-02-21 14:31 UTC   longest your role may have    │
      │           ( ) in [____]     from 15m to 90d: 8h, 45d, 12w                    │
      │           ( ) never         switched off by your administrator               │
      │                                                                              │
      │ [ Create ]   [ Cancel ]                                                      │
      └──────────────────────────────────────────────────────────────────────────────┘
      """
    for (row, line) in zip(frame.text, expected.split(separator: "\n")) { #expect(row == line) }
    #expect(frame.cursor == Point(column: 13, row: 5))
    #expect(frame.styles[7].hasPrefix("m           mmm"))
  }

  @Test(
    "T06: fits any screen, shows its buttons, and the cursor on the focus",
    arguments: [(80, 24), (60, 16), (120, 40), (40, 10), (20, 5), (5, 3), (1, 1), (0, 0)])
  func fits(columns: Int, rows: Int) {
    let size = Size(columns: columns, rows: rows)
    for focus in ["cancel", "observe", "reason", "tick0", "whom", "name"] {
      for glyphs in [Glyphs.unicode, .ascii] {
        let frame = frame(size, glyphs: glyphs) { $0.moveFocus(to: focus) }
        #expect(frame.text.allSatisfy { SafeText($0).width <= columns })
        if columns >= 40, rows >= 10 {
          #expect(frame.text.contains { $0.contains("[ Cancel ]") })
          #expect(frame.text.contains { $0.contains("[ Apply to stay ]") })
          #expect(frame.cursor.map { frame.canvas.bounds.contains($0) } == true)
        }
      }
    }
  }

  @Test("says how much is hidden, and scrolls there and back")
  func scrolls() {
    let (dialog, form) = Self.maximum()
    let bounds = Rect(Size(columns: 60, rows: 16))
    var canvas = Canvas(size: bounds.size)
    dialog.draw(on: &canvas, in: bounds, form: form)
    let top = Frame(canvas: canvas).text
    #expect(top.contains { $0.contains("ONLY BEARER TOKENS") })
    #expect(top.contains { $0.contains("more, PgDn") })

    var scroll = 0
    for _ in 0..<9 { scroll = dialog.scrolled(scroll, .pageDown, in: bounds) }
    canvas = Canvas(size: bounds.size)
    dialog.draw(on: &canvas, in: bounds, form: form, scroll: scroll)
    let bottom = Frame(canvas: canvas).text
    #expect(bottom.contains { $0.contains("Type MAXIMUM") })
    #expect(bottom.contains { $0.contains("more, PgUp") })
    #expect(!bottom.contains { $0.contains("more, PgDn") })

    #expect(dialog.scrolled(scroll, .pageUp, in: bounds) < scroll)
    #expect(dialog.scrolled(scroll, .home, in: bounds) == 0)
  }

  @Test("wraps words and keeps them beside their tick")
  func wraps() {
    let frame = frame(Size(columns: 60, rows: 40)) { _ in }
    #expect(
      frame.text.contains { $0.contains("│ [x] Every integration in use sends a Bearer token,") })
    #expect(frame.text.contains { $0.contains("│     tested against this site") })
  }

  @Test("brings the line with the focus into view")
  func showsFocus() {
    let frame = frame(Size(columns: 60, rows: 16)) { $0.moveFocus(to: "name") }
    #expect(frame.text.contains { $0.contains("Type MAXIMUM") })
  }
}

@Suite("A form")
struct FormTests {
  enum ID: Hashable { case name, listed, ends, days, create, cancel }

  private var form = Form<ID>(
    [
      .init(.name, .field(TextField(limit: 8))), .init(.listed, .tick(false)),
      .init(.ends, .choice(Choice(count: 4, chosen: 0, disabled: [2]))),
      .init(.days, .field(TextField())), .init(.create, .button, isEnabled: false),
      .init(.cancel, .button),
    ], focus: .cancel)

  @Test("starts where it was told, and goes round both ways, past what is disabled")
  mutating func ring() {
    #expect(form.focus == .cancel)
    var seen: [ID] = []
    for _ in 0..<6 {
      #expect(form.handle(.tab) == .moved)
      seen.append(form.focus)
    }
    #expect(seen == [.name, .listed, .ends, .days, .cancel, .name])
    _ = form.handle(.backTab)
    #expect(form.focus == .cancel)
    _ = form.handle(.left)
    #expect(form.focus == .days)
  }

  @Test("gives letters to a field and to nothing else")
  mutating func letters() {
    for id in [ID.cancel, .listed, .ends] {
      form.moveFocus(to: id)
      let before = form
      for key in ["y", "q", "j", "k", "d", "A"] as [Key] { #expect(form.handle(key) == .ignored) }
      #expect(form == before)
    }
    form.moveFocus(to: .name)
    for key in ["q", " ", "j"] as [Key] { #expect(form.handle(key) == .changed(.name)) }
    #expect(form.text(.name) == "q j")
  }

  @Test("to be filled in takes letters from a button to where it starts, while that is empty")
  func startsTyping() {
    var form = Form<ID>(
      [.init(.name, .field(TextField(limit: 8))), .init(.cancel, .button)], focus: .cancel,
      start: .name)
    #expect(form.handle("N") == .changed(.name))
    #expect(form.handle(" ") == .changed(.name))
    #expect(form.handle("1") == .changed(.name))
    #expect(form.text(.name) == "N 1")

    form.moveFocus(to: .cancel)
    let before = form
    #expect(form.handle("q") == .ignored)
    #expect(form == before)

    form.set(.name, to: .field(TextField()))
    form.setEnabled(.name, false)
    #expect(form.handle("q") == .ignored)
    #expect(form.handle(.space) == .pressed(.cancel))
  }

  @Test("moves on with Enter in a field, whatever comes next, and presses nothing")
  mutating func enterInField() {
    form.moveFocus(to: .days)
    #expect(form.handle(.enter) == .moved)
    #expect(form.focus == .cancel)
    #expect(form.handle(.enter) == .pressed(.cancel))
  }

  @Test("ticks with Space and not with Enter")
  mutating func ticks() {
    form.moveFocus(to: .listed)
    #expect(form.handle(.space) == .changed(.listed))
    #expect(form.isTicked(.listed))
    #expect(form.handle(.enter) == .moved)
    #expect(form.isTicked(.listed))
    #expect(form.focus == .ends)
  }

  @Test("lets arrows pass over the options, and only Space or Enter choose one")
  mutating func choices() {
    form.moveFocus(to: .ends)
    _ = form.handle(.down)
    #expect(form.chosen(.ends) == 0)
    _ = form.handle(.down)  // over the disabled third
    #expect(form.handle(.space) == .changed(.ends))
    #expect(form.chosen(.ends) == 3)
    #expect(form.handle(.down) == .moved)
    #expect(form.focus == .days)

    _ = form.handle(.up)
    _ = form.handle(.up)
    #expect(form.handle(.enter) == .changed(.ends))
    #expect(form.chosen(.ends) == 1)
    #expect(form.focus == .days)
  }

  @Test("does not press a button that is not enabled")
  mutating func disabled() {
    form.moveFocus(to: .create)
    #expect(form.focus == .cancel)
    form.setEnabled(.create, true)
    form.moveFocus(to: .create)
    #expect(form.handle(.space) == .pressed(.create))
    form.setEnabled(.create, false)
    #expect(form.focus == .cancel)
  }

  @Test("is cancelled by Esc, by Ctrl-C, and by what tmux makes of Esc and a letter")
  mutating func cancel() {
    form.moveFocus(to: .name)
    for key in [Key.escape, .control("C"), .alt("y")] { #expect(form.handle(key) == .cancelled) }
    #expect(form.text(.name).isEmpty)
  }

  @Test("takes a paste into a field and drops it elsewhere")
  mutating func pastes() {
    #expect(form.paste("yes\n") == .pasteDropped)
    form.moveFocus(to: .name)
    #expect(form.paste("ci\u{1B}x\n") == .changed(.name))
    #expect(form.text(.name) == "ci x")
    #expect(form.paste("123456") == .full(.name, leftOut: 2))
    #expect(form.text(.name) == "ci x1234")
  }
}
