import Access
import TerminalKit

// Where a key goes: to the dialog on top, a line being typed, the screen, or the console itself.
extension ConsoleState {
  /// Takes a key that was pressed so many times, all at once where it steps through a list.
  mutating func take(_ key: Key, times: Int) -> [Effect] {
    guard times > 1 else { return take(key) }
    var effects: [Effect] = []
    stepsLeft = times
    while stepsLeft > 0 {
      effects += take(key)
      stepsLeft -= 1
    }
    stepsLeft = 1
    return effects
  }

  private mutating func take(_ key: Key) -> [Effect] {
    lastKeyAt = now.uptime
    if message?.kind == .error { message = nil }
    let key = key.withoutAlt
    guard size.holds(Chrome.smallest) else { return takeUnseen(key) }
    switch key {
    case .control("Z"): return [.suspend]
    case .control("L"): return [.repaint]
    default: break
    }
    if !dialogs.isEmpty { return withDialog { $0.handle(key, &$1) } }
    if commandLine != nil { return typeCommand(key) }
    var common: Everywhere?
    let effects = withScreen { screen, context in
      if screen.prompt != nil || screen.isTyping {
        screen.type(key, &context)
      } else {
        common = screen.dispatch(key, &context)
      }
    }
    return effects + (common.map { perform($0) } ?? [])
  }

  mutating func take(paste text: String) -> [Effect] {
    lastKeyAt = now.uptime
    if message?.kind == .error { message = nil }
    guard size.holds(Chrome.smallest) else { return [] }
    if !dialogs.isEmpty { return withDialog { $0.paste(text, &$1) } }
    if commandLine != nil {
      _ = commandLine?.field.paste(text)
      return []
    }
    return withScreen { screen, context in
      let isTaken =
        (screen.prompt != nil || screen.isTyping) && screen.paste(text, &context)
      if !isTaken { context.fail(Guidance.pasteDropped) }
    }
  }

  /// On a terminal too small to show anything only quitting is understood, and only without loss.
  private mutating func takeUnseen(_ key: Key) -> [Effect] {
    switch key {
    case "Q" where drafts.isEmpty && dialogs.isEmpty: [.quit(.asked)]
    case .control("Z"): [.suspend]
    case .control("L"): [.repaint]
    default: []
    }
  }

  mutating func perform(_ command: Everywhere) -> [Effect] {
    switch command {
    case .back: goBack()
    case .leave: goBack(asks: true)
    case .quit: quit()
    case .go(let place): go(to: place, filter: nil)
    case .commandLine: startCommand()
    case .command: showCommand()
    case .reread: readSession() + withScreen { $0.refresh(&$1) }
    case .repaint: [.repaint]
    case .help: showHelp()
    case .pending: showPending()
    case .refusals: showRefusals()
    case .suspend: [.suspend]
    default: []
    }
  }

  /// Quits at once, unless something would be lost.
  mutating func quit() -> [Effect] {
    drafts.isEmpty ? [.quit(.asked)] : open(QuitDialog(drafts: drafts))
  }

  private mutating func goBack(asks: Bool = false) -> [Effect] {
    var isTaken = false
    let effects = withScreen { screen, context in isTaken = screen.back(&context) }
    if isTaken { return effects }
    guard let stack = stacks[place], stack.count > 1 else {
      return asks ? open(QuitDialog(drafts: drafts)) : []
    }
    stacks[place]?.removeLast()
    return effects + appear()
  }

  private mutating func startCommand() -> [Effect] {
    message = nil
    commandLine = Prompt(":", TextField(limit: 40))
    return []
  }

  private mutating func typeCommand(_ key: Key) -> [Effect] {
    switch key {
    case .escape, .control("C"):
      commandLine = nil
      return []
    case .backspace where commandLine?.field.text.isEmpty == true:
      commandLine = nil
      return []
    case .tab:
      if let text = commandLine?.field.text, let whole = ConsoleCommand.completed(text, in: places)
      {
        commandLine?.field.set(whole)
      }
      return []
    case .enter:
      let text = commandLine?.field.text ?? ""
      commandLine = nil
      switch ConsoleCommand.parsing(text, in: places) {
      case .success(.go(let place)): return go(to: place, filter: nil)
      case .success(.quit): return quit()
      case .success(.help): return showHelp()
      case .success(.nothing): return []
      case .failure(let unknown): return say(.error, unknown.description)
      }
    default:
      _ = commandLine?.field.handle(key)
      return []
    }
  }

  private mutating func showCommand() -> [Effect] {
    guard let screen = stacks[place]?.last,
      let line = screen.content.commandLine(scene(for: screen.owner))
    else { return say(.information, Guidance.noCommand) }
    return open(CommandDialog(line, remote: options.remote))
  }

  private mutating func showHelp() -> [Effect] {
    guard let screen = stacks[place]?.last?.content else { return [] }
    return open(HelpDialog(screen))
  }

  /// One level deeper than what is on show, so that Esc comes back to it.
  mutating func showRefusals() -> [Effect] {
    guard session.may(.reviewMigration) else {
      return say(.error, Guidance.noPermission(.reviewMigration, contact: session.contact))
    }
    guard !(stacks[place]?.last?.content is RefusalsScreen) else { return [] }
    return push(RefusalsScreen())
  }

  private mutating func showPending() -> [Effect] {
    guard let pending = session.standing.pending else {
      return say(.information, Guidance.nothingPending)
    }
    return open(PendingDialog(pending, mayDecide: session.may(.manageSettings)))
  }
}
