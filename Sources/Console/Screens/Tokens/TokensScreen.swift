package import Access
package import TerminalKit

/// Authorizations: one's own Bearer tokens, or with *Manage all tokens* everyone's.
package struct TokensScreen: Screen {
  package enum Command: Hashable, Sendable { case add, revoke, rotate, wake, everyones }

  package static let keymap = Keymap<ScreenCommand<Command>>(
    [
      .own("a", .add, "add", help: "make a token; it is shown once"),
      .own("d", .revoke, "revoke", help: "end the token or the marked ones; asks first"),
      .own("r", .rotate, "rotate", help: "make a successor; both work for a while"),
      .own("e", .wake, "wake", help: "wake what sleeps after lying unused"),
      .own("m", .everyones, "all", help: "your own tokens, or everyone's"),
      .everywhere(.open, "details", help: "all that is known of the token"),
    ] + Binding.browsing())

  package let title: SafeText = "Authorizations (Bearer tokens)"
  var list = BrowsedList(TokenSource())
  /// Whether everyone's tokens are shown.
  var isEveryones = false
  /// What is to be done once the marked rows are read.
  private var pending: Command?

  package init() {}

  package var prompt: Prompt? { list.prompt }
  package var isTyping: Bool { list.isTyping }

  package func commandLine(_ scene: Scene) -> String? {
    let filter = list.source.filter(list.filterText)
    var line = "gatehouse token list"
    if let id = filter.id, !id.isEmpty { return "gatehouse token show \(id.asCommandWord)" }
    if let owner = filter.owner {
      line += " --owner \(owner.asCommandWord)"
    } else if isEveryones {
      line += " --all"
    }
    if let state = filter.states.first, filter.states.count == 1 {
      line += " --state \(state.rawValue)"
    }
    return list.sort == .end ? line : line + " --sort \(list.sort.rawValue)"
  }

  package func label(
    of command: ScreenCommand<Command>, _ usual: SafeText, _ scene: Scene
  ) -> SafeText? {
    let hasRows = !list.isEmpty
    switch command {
    case .own(.add): return Self.mayAdd(scene) ? usual : nil
    case .own(.revoke), .own(.rotate): return hasRows ? usual : nil
    case .own(.wake): return hasRows && (list.hasMarks || isAsleep) ? usual : nil
    case .own(.everyones):
      guard scene.may(.manageTokens), scene.may(.useAPI) else { return nil }
      return isEveryones ? "mine" : "all"
    case .everywhere(.open), .everywhere(.mark): return hasRows ? usual : nil
    default: return usual
    }
  }

  private var isAsleep: Bool { list.current?.state == .suspended }

  // MARK: - Reading

  package mutating func appear(isFirst: Bool, _ context: inout Context) {
    guard isFirst else { return }
    isEveryones = !context.scene.may(.useAPI)
    setSource(context)
    list.restart(height: Self.height(context.scene), &context)
  }

  package mutating func refresh(_ context: inout Context) {
    // Rights may have gone meanwhile.
    let canSeeAll = context.scene.may(.manageTokens)
    if isEveryones, !canSeeAll { return show(everyones: false, &context) }
    if !isEveryones, canSeeAll, !context.scene.may(.useAPI) {
      return show(everyones: true, &context)
    }
    list.refresh(height: Self.height(context.scene), &context)
  }

  package mutating func arrive(filter: String, _ context: inout Context) {
    // Whoever sends here means a row of anyone's.
    if context.scene.may(.manageTokens), !isEveryones {
      isEveryones = true
      setSource(context)
      list.filterText = filter
      list.restart(height: Self.height(context.scene), &context)
    } else {
      list.show(filter: filter, height: Self.height(context.scene), &context)
    }
  }

  private mutating func show(everyones: Bool, _ context: inout Context) {
    isEveryones = everyones
    setSource(context)
    list.whole = nil
    list.unmarkAll()
    list.restart(height: Self.height(context.scene), &context)
  }

  private mutating func setSource(_ context: Context) {
    list.source.account = isEveryones ? nil : context.session.account.id
  }

  package mutating func rest(_ context: inout Context) { list.rest() }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    if list.receive(reply, height: Self.height(context.scene), &context) { return }
    switch reply.slot {
    case "chosen":
      let command = pending
      pending = nil
      if let command, let rows = list.chosen(in: reply, &context) { act(command, rows, &context) }
    case "lookup": takeLookup(reply, &context)
    default: break
    }
  }

  // MARK: - Keys

  package mutating func perform(_ command: Command, _ context: inout Context) {
    switch command {
    case .add: add(&context)
    case .everyones: toggleEveryones(&context)
    case .rotate where list.hasMarks && list.markCount != 1: context.say(Guidance.rotateOne)
    case .revoke, .rotate, .wake:
      if let rows = list.chosen(&context) {
        act(command, rows, &context)
      } else {
        pending = command
      }
    }
  }

  package mutating func perform(_ command: Everywhere, _ context: inout Context) {
    if list.perform(command, height: Self.height(context.scene), &context) { return }
    if command == .open, let row = list.current { context.push(TokenScreen(row)) }
  }

  package mutating func type(_ key: Key, _ context: inout Context) {
    if let secret = list.type(key, height: Self.height(context.scene), &context) {
      lookUp(secret: secret, &context)
    }
  }

  package mutating func paste(_ text: String, _ context: inout Context) -> Bool {
    let bare = text.filter { !$0.isWhitespace }
    if list.prompt?.field.text.isEmpty == true, list.entry?.purpose == .filter,
      TokenSource.isID(bare)
    {
      list.entry = nil
      lookUp(TokenFilter(id: bare), &context)
      return true
    }
    let (isTaken, secret) = list.paste(text, height: Self.height(context.scene), &context)
    if let secret { lookUp(secret: secret, &context) }
    return isTaken
  }

  package mutating func changed(
    _ change: Change, _ outcome: Outcome, _ context: inout Context
  ) {
    switch change {
    case .revokeTokens: list.unmarkAll()
    case .createToken, .rotateToken:
      if case .token(let issued) = outcome { follow(issued.row, &context) }
    default: break
    }
  }

  /// Puts the cursor on what was just made, if the list shows it.
  private mutating func follow(_ row: TokenRow, _ context: inout Context) {
    let isShown = isEveryones || row.owner == context.session.account.login.text
    guard isShown, list.sort == .end, !list.isFiltered else { return }
    list.go(to: row, height: Self.height(context.scene), &context)
  }

  package mutating func performed(
    _ change: Change, _ result: Result<Outcome, FailureText>, _ context: inout Context
  ) {
    context.report(change, result)
    if case .success = result { list.unmarkAll() }
  }

  // MARK: - Verbs

  static func mayAdd(_ scene: Scene) -> Bool {
    scene.may(.manageTokens) || scene.may(.createTokens) && scene.may(.useAPI)
  }

  private func add(_ context: inout Context) {
    let mode = context.session.policy.mode
    if mode != .bearer {
      context.fail(Guidance.noTokensOutside(mode, context.scene))
    } else if !Self.mayAdd(context.scene) {
      context.fail(
        Guidance.noPermission(
          context.scene.may(.useAPI) ? .createTokens : .useAPI, contact: context.session.contact))
    } else {
      context.open(NewTokenDialog(context.scene))
    }
  }

  private mutating func toggleEveryones(_ context: inout Context) {
    if !context.scene.may(.manageTokens) {
      context.say(Guidance.ownTokensOnly(contact: context.session.contact))
    } else if !context.scene.may(.useAPI) {
      context.say(Guidance.allTokensOnly(contact: context.session.contact))
    } else {
      show(everyones: !isEveryones, &context)
    }
  }

  private func act(_ command: Command, _ rows: [TokenRow], _ context: inout Context) {
    guard !rows.isEmpty else { return }
    switch command {
    case .revoke: RevokeTokensDialog.open(for: rows, &context)
    case .rotate: if let row = rows.first { RotateTokenDialog.open(for: row, &context) }
    case .wake:
      let asleep = rows.filter { $0.state == .suspended }
      if asleep.isEmpty {
        context.say(Guidance.notAsleep(rows))
      } else {
        context.perform(.wakeTokens(asleep.map { Identifier($0.id) }))
      }
    case .add, .everyones: break
    }
  }

  // MARK: - Looking up what was pasted

  /// Has the token looked up by its digest; the text goes no further than this question.
  private func lookUp(secret: String, _ context: inout Context) {
    guard TokenSource.isWhole(secret) else { return context.fail(Guidance.tokenCutOff) }
    lookUp(TokenFilter(words: [secret]), &context)
  }

  private func lookUp(_ filter: TokenFilter, _ context: inout Context) {
    var filter = filter
    filter.account = context.scene.may(.manageTokens) ? nil : context.session.account.id
    context.ask(.tokens(PageRequest(filter: filter, sort: .end, limit: 1)), as: "lookup")
  }

  private mutating func takeLookup(_ reply: Reply, _ context: inout Context) {
    switch reply.result {
    case .failure(let failure): context.fail(failure)
    case .success(.tokens(let page)):
      guard let row = page.rows.first else { return context.fail(Guidance.tokenNotKnown) }
      let isOthers = !isEveryones && row.owner != context.session.account.login.text
      if isOthers {
        isEveryones = true
        setSource(context)
        list.whole = nil
      }
      list.filterText = "id:" + row.id
      list.restart(height: Self.height(context.scene), &context)
      context.say(Guidance.tokenFound(row, isOthers: isOthers))
    case .success: break
    }
  }

  static func height(_ scene: Scene) -> Int {
    scene.body.rows - BrowsedList<TokenSource>.headRows
  }
}
