/// The controls of a dialog, and which of them has the focus.
///
/// Tab and arrows go round; letters only ever go to a field; Enter in a field moves on and only on
/// a button presses; Space ticks, chooses and presses.
package struct Form<ID: Hashable & Sendable>: Hashable, Sendable {
  package enum Control: Hashable, Sendable {
    case field(TextField)
    case tick(Bool)
    case choice(Choice)
    case button
  }

  package struct Item: Hashable, Sendable {
    package let id: ID
    package var control: Control
    package var isEnabled: Bool

    package init(_ id: ID, _ control: Control, isEnabled: Bool = true) {
      self.id = id
      self.control = control
      self.isEnabled = isEnabled
    }
  }

  package private(set) var items: [Item]
  package private(set) var focus: ID
  private let start: ID?

  /// A form.
  ///
  /// - Parameters:
  ///   - items: the controls, in the order in which Tab goes through them.
  ///   - focus: where the focus starts; that is *Cancel*.
  ///   - start: in a form to be filled in, the field that takes what is typed on a button as long as
  ///     it is empty: else whoever begins to write presses *Cancel* with the first blank. A warning
  ///     has none.
  package init(_ items: [Item], focus: ID, start: ID? = nil) {
    self.items = items
    self.focus = focus
    self.start = start
  }

  /// What a key did.
  package enum Event: Hashable, Sendable {
    /// Nothing here is on that key.
    case ignored
    /// The focus or a cursor is elsewhere.
    case moved
    case changed(ID)
    /// A field took only a part.
    case full(ID, leftOut: Int)
    case pressed(ID)
    case cancelled
    /// The dialog's text is to be scrolled.
    case scrolled(Movement)
    /// Text was pasted where no field is; it was dropped, and the user should be told.
    case pasteDropped
  }

  package mutating func handle(_ key: Key) -> Event {
    switch key.withoutAlt {
    case .escape, .control("C"): return .cancelled
    case .tab: return moveFocus(forward: true)
    case .backTab: return moveFocus(forward: false)
    case .pageUp: return .scrolled(.pageUp)
    case .pageDown: return .scrolled(.pageDown)
    default: break
    }
    guard let index = items.firstIndex(where: { $0.id == focus }) else { return .ignored }
    switch items[index].control {
    case .field(var field):
      let event = handle(key, in: &field)
      items[index].control = .field(field)
      return event ?? moveFocus(forward: key != .up)
    case .choice(var choice):
      let event = handle(key, in: &choice)
      items[index].control = .choice(choice)
      if key == .enter { _ = moveFocus(forward: true) }
      return event ?? travel(key)
    case .tick(let isOn):
      guard key == .space else { return travel(key) }
      items[index].control = .tick(!isOn)
      return .changed(focus)
    case .button:
      guard key == .space || key == .enter else { return startTyping(key) ?? travel(key) }
      return items[index].isEnabled ? .pressed(focus) : .ignored
    }
  }

  /// Nil where the key is no letter, or there is no empty field for it.
  private mutating func startTyping(_ key: Key) -> Event? {
    guard case .character = key, let start, case .field(let field) = control(start),
      field.text.isEmpty, isEnabled(start)
    else { return nil }
    moveFocus(to: start)
    return handle(key)
  }

  package mutating func paste(_ text: String) -> Event {
    guard let index = items.firstIndex(where: { $0.id == focus }),
      case .field(var field) = items[index].control
    else { return .pasteDropped }
    let outcome = field.paste(text)
    items[index].control = .field(field)
    return event(for: outcome)
  }

  /// Moves the focus, if the control can have it.
  package mutating func moveFocus(to id: ID) {
    guard items.contains(where: { $0.id == id && $0.isEnabled }) else { return }
    focus = id
    if let index = items.firstIndex(where: { $0.id == id }) { enter(index) }
  }

  /// Moves to the next control that is enabled, round the end.
  package mutating func moveFocus(forward: Bool) -> Event {
    guard let start = items.firstIndex(where: { $0.id == focus }) else { return .ignored }
    for step in 1...items.count {
      let place = (start + (forward ? step : items.count - step % items.count)) % items.count
      guard items[place].isEnabled else { continue }
      focus = items[place].id
      enter(place)
      break
    }
    return .moved
  }

  private mutating func enter(_ index: Int) {
    if case .choice(var choice) = items[index].control {
      choice.enter()
      items[index].control = .choice(choice)
    }
  }

  /// Nil if the key moves the focus: forward unless it is Up.
  private func handle(_ key: Key, in field: inout TextField) -> Event? {
    switch key {
    case .enter, .up, .down: nil
    default: event(for: field.handle(key))
    }
  }

  private func handle(_ key: Key, in choice: inout Choice) -> Event? {
    switch key {
    case .up, .left: choice.move(forward: false) ? .moved : nil
    case .down, .right: choice.move(forward: true) ? .moved : nil
    case .space, .enter: choice.chooseCursor() ? .changed(focus) : .moved
    default: .ignored
    }
  }

  private func event(for outcome: TextField.Outcome) -> Event {
    switch outcome {
    case .ignored: .ignored
    case .moved: .moved
    case .changed: .changed(focus)
    case .full(let leftOut): .full(focus, leftOut: leftOut)
    }
  }

  private mutating func travel(_ key: Key) -> Event {
    switch key {
    case .up, .left: moveFocus(forward: false)
    case .down, .right, .enter: moveFocus(forward: true)
    default: .ignored
    }
  }
}

extension Form {
  package func control(_ id: ID) -> Control? { items.first { $0.id == id }?.control }

  package func isEnabled(_ id: ID) -> Bool { items.first { $0.id == id }?.isEnabled ?? false }

  /// What stands in a field; empty if there is no such field.
  package func text(_ id: ID) -> String {
    guard case .field(let field) = control(id) else { return "" }
    return field.text
  }

  package func isTicked(_ id: ID) -> Bool { control(id) == .tick(true) }

  package func chosen(_ id: ID) -> Int? {
    guard case .choice(let choice) = control(id) else { return nil }
    return choice.chosen
  }

  /// Lets a control be used or not; a focus on one that may not goes on to the next.
  package mutating func setEnabled(_ id: ID, _ isEnabled: Bool) {
    guard let index = items.firstIndex(where: { $0.id == id }) else { return }
    items[index].isEnabled = isEnabled
    if !isEnabled, focus == id { _ = moveFocus(forward: true) }
  }

  /// Replaces what a control holds; nothing if there is no such control.
  package mutating func set(_ id: ID, to control: Control) {
    guard let index = items.firstIndex(where: { $0.id == id }) else { return }
    items[index].control = control
  }
}
