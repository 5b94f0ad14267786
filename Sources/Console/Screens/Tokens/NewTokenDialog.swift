package import Access
package import TerminalKit

/// Makes a token: for oneself, or with *Manage all tokens* for a service account.
package struct NewTokenDialog: FormDialog {
  package enum ControlID: Hashable, Sendable {
    case name, purpose, owner, scope, ends, custom, create, cancel
  }

  /// Who makes it.
  private let maker: String
  /// Whether the maker may have tokens of their own made.
  private let isForOneself: Bool
  /// What the owner may choose from; nil until that is read, or while there is no such owner.
  private(set) var choice: LifetimeChoice?
  /// The account the choice is for.
  private(set) var owner = ""
  /// Why there is no choice.
  private(set) var failure: FailureText?
  package var form: Form<ControlID>
  package var scroll = 0

  /// - Parameters:
  ///   - scene: who makes it.
  ///   - owner: whose it will be; nil is the maker's own, if they may have any.
  init(_ scene: Scene, for owner: String? = nil) {
    maker = scene.session.account.login.text
    isForOneself = scene.may(.createTokens) && scene.may(.useAPI)
    form = Form(
      [
        .init(.name, .field(TextField(limit: 256))),
        .init(.purpose, .field(TextField(limit: 256))),
        .init(
          .owner, .field(TextField(owner ?? (isForOneself ? maker : ""), limit: 64)),
          isEnabled: scene.may(.manageTokens)),
        .init(.scope, .choice(Choice(count: 2))),
        .init(.ends, .choice(Choice(count: 1)), isEnabled: false),
        .init(.custom, .field(TextField(limit: 8)), isEnabled: false),
        .init(.create, .button, isEnabled: false), .init(.cancel, .button),
      ], focus: .cancel, start: .name)
  }

  package mutating func appear(_ context: inout Context) { readChoice(&context) }

  // MARK: - The owner's choice

  private var wantedOwner: String { form.text(.owner).trimmed.lowercased() }

  /// Reads what the owner as typed may choose from.
  private mutating func readChoice(_ context: inout Context) {
    owner = wantedOwner
    choice = nil
    failure = nil
    if owner.isEmpty {
      context.forget("lifetimes")
    } else {
      context.ask(.lifetimes(for: service), as: "lifetimes")
    }
    fit()
  }

  /// As a draft names the owner: nil is oneself.
  private var service: String? { isForOneself && owner == maker ? nil : owner }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    switch reply.result {
    case .success(.lifetimes(let choice, _)): offer(choice)
    case .success: break
    case .failure(let failure): self.failure = failure
    }
    fit()
  }

  /// Shows what can be chosen; what was chosen before stays where it can.
  private mutating func offer(_ choice: LifetimeChoice) {
    let before = chosenOption
    self.choice = choice
    let options = options
    var radio = Choice(
      count: options.count,
      chosen: options.firstIndex(of: .offered(choice.defaultLifetime)) ?? 0)
    if !mayNeverEnd(choice), let never = options.firstIndex(of: .never) {
      radio.disabled = [never]
    }
    if let before, let index = options.firstIndex(of: before) { radio.choose(index) }
    form.set(.ends, to: .choice(radio))
  }

  /// The ways a token can end, in the order of the dialog.
  enum Option: Hashable, Sendable { case offered(Lifetime), custom, never }

  var options: [Option] {
    guard let choice else { return [] }
    return choice.offered.filter { $0 != .unlimited }.map { .offered($0) } + [.custom, .never]
  }

  private var chosenOption: Option? {
    guard let index = form.chosen(.ends), options.indices.contains(index) else { return nil }
    return options[index]
  }

  func mayNeverEnd(_ choice: LifetimeChoice) -> Bool { choice.offered.contains(.unlimited) }

  // MARK: - The draft

  /// What is typed, or what is wrong with it.
  var draft: Result<TokenDraft, FailureText> {
    guard !owner.isEmpty else { return .failure(FailureText(Guidance.ownerMissing)) }
    if let failure { return .failure(failure) }
    guard let choice else { return .failure(FailureText("Reading …")) }
    do {
      return .success(
        try TokenDraft(
          name: form.text(.name), purpose: form.text(.purpose),
          scope: form.chosen(.scope) == 1 ? .read : .readWrite,
          lifetime: try choice.resolve(try lifetime()), service: service
        ).checked())
    } catch let failure as any Failure {
      return .failure(FailureText(failure))
    } catch {
      return .failure(FailureText("\(error)"))
    }
  }

  private func lifetime() throws -> Lifetime? {
    switch chosenOption {
    case .offered(let lifetime): lifetime
    case .never: .unlimited
    case .custom: try Lifetime(parsing: form.text(.custom).trimmed)
    case nil: nil
    }
  }

  private mutating func fit() {
    let isKnown = choice != nil
    form.setEnabled(.ends, isKnown)
    form.setEnabled(.custom, isKnown)
    if case .success = draft {
      form.setEnabled(.create, true)
    } else {
      form.setEnabled(.create, false)
    }
  }

  // MARK: - Acting

  package mutating func changed(_ control: ControlID, _ context: inout Context) {
    switch control {
    case .owner where wantedOwner != owner: readChoice(&context)
    case .custom:
      // Who types a lifetime means it.
      if let index = options.firstIndex(of: .custom), case .choice(var radio) = form.control(.ends)
      {
        radio.choose(index)
        form.set(.ends, to: .choice(radio))
      }
    default: break
    }
    fit()
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    guard button == .create else { return context.close() }
    switch draft {
    case .success(let draft): context.perform(.createToken(draft))
    case .failure(let failure): context.fail(failure)
    }
  }

  package mutating func performed(
    _ change: Change, _ result: Result<Outcome, FailureText>, _ context: inout Context
  ) {
    if case .success(.token(let issued)) = result {
      context.close()
      context.open(ShownTokenDialog(issued))
    } else {
      context.report(change, result)
    }
  }
}
