import Access
package import TerminalKit

/// Edits one property with the editor of its kind; what it would do is shown next.
package struct PropertyDialog: FormDialog {
  package enum ControlID: Hashable, Sendable { case value, reset, cancel, review }

  let key: PropertyKey
  /// What the property was when it was last looked at here.
  private var seen: String
  package var form: Form<ControlID>
  package var scroll = 0

  init(_ key: PropertyKey, value: String) {
    self.key = key
    seen = value
    let editor: Form<ControlID>.Control =
      key.kind == .bool
      ? .choice(Choice(count: 2, chosen: value == "true" ? 0 : 1))
      : .field(TextField(value, limit: 256))
    form = Form(
      [
        .init(.value, editor), .init(.cancel, .button), .init(.reset, .button),
        .init(.review, .button, isEnabled: false),
      ], focus: .cancel)
  }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    var lines: [DialogLine<ControlID>] = [
      .text(SafeText(key.summary) + "."), .blank,
    ]
    if key.kind == .bool {
      lines.append(
        .row([
          .text("Value    "), .option(.value, 0, "true"), .text("    "),
          .option(.value, 1, "false"),
        ]))
    } else {
      lines.append(.row([.text("Value    "), .field(.value, columns: 60)]))
    }
    let problem = problem(scene)
    lines += [
      .text("Default  " + SafeText(key.defaultText), .muted), .blank,
      .text(
        problem ?? "Next you see what this changes, before it does.",
        problem == nil ? .muted : .warning),
    ]
    return Dialog(
      title: SafeText(key.rawValue), lines: lines,
      buttons: [(.cancel, "Cancel"), (.reset, "Use default"), (.review, "Review the change")],
      hint: "Tab next   Enter press   Esc cancel   gatehouse property set \(key.rawValue)")
  }

  private var text: String {
    key.kind == .bool ? (form.chosen(.value) == 0 ? "true" : "false") : form.text(.value)
  }

  /// Why this value cannot be set; nil where it can.
  private func problem(_ scene: Scene) -> SafeText? {
    do {
      _ = try PolicyChange.property(key, text).applied(to: scene.session.policy)
      return nil
    } catch .nothingChanged {
      return "It is so already."
    } catch {
      return SafeText(error.description)
    }
  }

  package mutating func changed(_ control: ControlID, _ context: inout Context) {
    form.setEnabled(.review, problem(context.scene) == nil)
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    switch button {
    case .reset:
      if key.kind == .bool {
        var choice = Choice(count: 2)
        choice.choose(key.defaultText == "true" ? 0 : 1)
        form.set(.value, to: .choice(choice))
      } else {
        form.set(.value, to: .field(TextField(key.defaultText, limit: 256)))
      }
      changed(.value, &context)
    case .review: review(&context)
    case .value, .cancel: context.close()
    }
  }

  /// Goes on to the warning, unless somebody else changed the property meanwhile.
  private mutating func review(_ context: inout Context) {
    let value = context.session.policy.properties[key]
    guard value == seen else {
      seen = value
      context.fail(Guidance.propertyChanged(key, value))
      changed(.value, &context)
      return
    }
    context.close()
    context.review(.property(key, text))
  }
}
