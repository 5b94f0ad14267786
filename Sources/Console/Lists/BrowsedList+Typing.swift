import Access
import TerminalKit

// What is typed: a filter, words to find, a choice from the sort menu.
extension BrowsedList {
  /// Room for a pasted token, which is never kept.
  static var filterLimit: Int { 1000 }

  /// Takes a key while there is a ``prompt`` or it ``isTyping``.
  ///
  /// Returns a secret that was typed where a filter goes, for the screen to look up; it is neither
  /// shown nor kept here.
  mutating func type(_ key: Key, height: Int, _ context: inout Context) -> String? {
    if menu != nil {
      choose(key, height: height, &context)
      return nil
    }
    guard let entry else { return nil }
    switch (key, entry.purpose) {
    case (.escape, .filter), (.control("C"), .filter):
      self.entry = nil
      clearFilter(height: height, &context)
    case (.control("U"), .filter):
      self.entry?.prompt = Self.filterPrompt("")
      clearFilter(height: height, &context)
    case (.escape, .find), (.control("C"), .find): self.entry = nil
    case (.backspace, _) where entry.prompt.field.text.isEmpty: self.entry = nil
    case (.enter, .filter):
      self.entry = nil
      let text = entry.prompt.field.text
      if source.isSecret(text) { return text }
    case (.enter, .find):
      self.entry = nil
      // Nothing typed finds the same again.
      if !entry.prompt.field.text.isEmpty { sought = entry.prompt.field.text }
      seek(isForward: true, &context)
    case (.up, _), (.down, _), (.pageUp, _), (.pageDown, _):
      if let movement = Movement(key), let reading = pages.move(movement, height: height) {
        ask(reading, &context)
      }
    default:
      if let outcome = self.entry?.prompt.field.handle(key) {
        took(outcome, height: height, &context)
      }
    }
    return nil
  }

  /// Takes pasted text while there is a ``prompt``; a whole secret is returned at once.
  mutating func paste(
    _ text: String, height: Int, _ context: inout Context
  ) -> (isTaken: Bool, secret: String?) {
    guard menu == nil, let entry else { return (false, nil) }
    // Nothing that is looked up as a whole has blanks; a terminal may have broken it into lines.
    let bare = text.filter { !$0.isWhitespace }
    if entry.purpose == .filter, source.isSecret(bare) {
      self.entry = nil
      return (true, bare)
    }
    if let outcome = self.entry?.prompt.field.paste(text) {
      took(outcome, height: height, &context)
    }
    return (true, nil)
  }

  static func filterPrompt(_ text: String, isSecret: Bool = false) -> Prompt {
    Prompt(
      isSecret ? "Token" : "Filter", TextField(text, limit: filterLimit, isSecret: isSecret))
  }

  private mutating func took(
    _ outcome: TextField.Outcome, height: Int, _ context: inout Context
  ) {
    if case .full(let leftOut) = outcome { context.fail(Guidance.fieldFull(leftOut: leftOut)) }
    guard outcome != .moved, outcome != .ignored, let entry, entry.purpose == .filter else {
      return
    }
    let text = entry.prompt.field.text
    let isSecret = source.isSecret(text)
    if isSecret != entry.prompt.field.isSecret {
      self.entry?.prompt = Self.filterPrompt(text, isSecret: isSecret)
    }
    show(filter: isSecret ? "" : text, height: height, &context)
  }
}

// The order.
extension BrowsedList {
  /// Opens the sort menu; where there is but one order, reverses that.
  mutating func openMenu(height: Int, _ context: inout Context) {
    let sorts = Array(Source.Sort.allCases)
    guard sorts.count > 1 else { return order(by: sort, height: height, &context) }
    menu = Menu(count: sorts.count, cursor: sorts.firstIndex(of: sort) ?? 0)
  }

  /// Shows the list in an order; in the order it has already, the other way round.
  mutating func order(by chosen: Source.Sort, height: Int, _ context: inout Context) {
    isDescending =
      if chosen == sort {
        !isDescending
      } else {
        chosen == source.usualSort && source.isUsuallyDescending
      }
    sort = chosen
    restart(height: height, &context)
  }

  private mutating func choose(_ key: Key, height: Int, _ context: inout Context) {
    switch key {
    case .escape, .control("C"), "q": menu = nil
    case .enter, .space, "s":
      let sorts = Array(Source.Sort.allCases)
      let cursor = menu?.cursor ?? 0
      menu = nil
      if sorts.indices.contains(cursor) { order(by: sorts[cursor], height: height, &context) }
    default:
      if let movement = Movement(key) { menu?.move(movement) }
    }
  }
}
