import Access
package import TerminalKit

/// A token's value, once: over the whole terminal, until it is proven to have been taken.
///
/// Nothing but this holds the value; closing it is the end of it.
package struct ShownTokenDialog: OpenDialog {
  package var applies: Bool { false }

  package enum ControlID: Hashable, Sendable {
    // While it is shown.
    case proof, done, revoke
    // When it is to be left unproven.
    case stay, leave
    // When it is to be written to a file.
    case path, back, write
  }

  /// What is asked for below the value.
  enum Phase: Hashable, Sendable { case shown, leaving, writing }

  let issued: IssuedToken
  /// How long the token it replaces works beside it; nil where it replaces none.
  let overlap: FiniteLifetime?
  private(set) var phase = Phase.shown
  private(set) var form = Self.shownForm()
  /// How it is known to be somewhere else too; nil as long as it is not.
  private(set) var proof: SafeText?
  /// What was pasted back and is not it.
  private(set) var difference: SafeText?

  init(_ issued: IssuedToken, overlap: FiniteLifetime? = nil) {
    self.issued = issued
    self.overlap = overlap
  }

  /// The only place on the console that turns it into text.
  var value: String { String(decoding: issued.value.bytes, as: UTF8.self) }

  // MARK: - Keys

  package mutating func handle(_ key: Key, _ context: inout Context) {
    if context.isWorking { return }
    if phase == .shown, form.focus != .proof {
      switch key {
      case "y": return context.copy(value)
      case "w": return startWriting(&context)
      default: break
      }
    }
    take(form.handle(key), &context)
  }

  /// Whatever is pasted goes to the proof, wherever the focus is.
  package mutating func paste(_ text: String, _ context: inout Context) {
    if context.isWorking { return }
    if phase == .shown {
      form.set(.proof, to: .field(Self.proofField()))
      form.moveFocus(to: .proof)
    }
    take(form.paste(text), &context)
  }

  private mutating func take(_ event: Form<ControlID>.Event, _ context: inout Context) {
    switch event {
    case .changed(.proof), .full(.proof, _): prove()
    case .full(_, let leftOut): context.fail(Guidance.fieldFull(leftOut: leftOut))
    case .pressed(let button): pressed(button, &context)
    case .cancelled: cancelled(&context)
    case .pasteDropped: context.fail(Guidance.pasteDropped)
    case .ignored, .moved, .changed, .scrolled: break
    }
  }

  private mutating func prove() {
    let pasted = form.text(.proof).trimmed
    difference = nil
    if pasted == value {
      settle(Guidance.proven)
    } else if !pasted.isEmpty {
      difference = Guidance.differs(pasted, from: value)
    }
  }

  /// A Tab too many must not revoke what somebody has begun to use.
  private mutating func settle(_ how: SafeText) {
    proof = how
    form.setEnabled(.revoke, false)
    form.moveFocus(to: .done)
  }

  private mutating func pressed(_ button: ControlID, _ context: inout Context) {
    switch button {
    case .done: leave(&context)
    case .leave: context.close()
    case .stay, .back: show()
    case .write:
      let path = form.text(.path).trimmed
      if path.isEmpty { return context.fail(Guidance.fileMissing) }
      context.write(issued.value, to: path)
    case .revoke:
      context.perform(
        .revokeTokens([Identifier(issued.row.id)], reason: Guidance.couldNotCopy))
    case .proof, .path: break
    }
  }

  private mutating func cancelled(_ context: inout Context) {
    if phase == .shown { leave(&context) } else { show() }
  }

  private mutating func leave(_ context: inout Context) {
    if proof != nil { return context.close() }
    phase = .leaving
    form = Form(
      [.init(.stay, .button), .init(.leave, .button), .init(.revoke, .button)], focus: .stay)
  }

  private mutating func show() {
    phase = .shown
    form = Self.shownForm()
    if let proof { settle(proof) }
    difference = nil
  }

  // MARK: - The file

  private mutating func startWriting(_ context: inout Context) {
    guard context.scene.remote == nil else { return context.say(Guidance.noFileOverSSH) }
    phase = .writing
    form = Form(
      [
        .init(.path, .field(TextField("~/" + fileName, limit: 256))), .init(.back, .button),
        .init(.write, .button),
      ], focus: .path)
  }

  /// The token's name where it can be a file's, else its id.
  private var fileName: String {
    let name = issued.row.name
    let isPlain = name.asCommandWord == name && !name.contains("/") && !name.hasPrefix(".")
    return (isPlain ? name : issued.row.id) + ".token"
  }

  package mutating func wrote(_ result: Result<String, FailureText>, _ context: inout Context) {
    switch result {
    case .success(let path):
      proof = Guidance.isInFile
      show()
      context.say(Guidance.wroteToken(path))
    case .failure(let failure): context.fail(failure)
    }
  }

  // MARK: - Forms

  private static func shownForm() -> Form<ControlID> {
    Form(
      [.init(.proof, .field(proofField())), .init(.done, .button), .init(.revoke, .button)],
      focus: .done)
  }

  /// Longer than any token, so that what is pasted with it is noticed.
  private static func proofField() -> TextField { TextField(limit: 4000, isSecret: true) }
}
