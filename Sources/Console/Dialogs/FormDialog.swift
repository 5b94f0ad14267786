package import TerminalKit

/// A dialog made of text, controls and buttons.
///
/// It has the rules of every dialog: the focus starts where ``form`` has it, which is *Cancel*;
/// letters only ever go to a field, where one is to be filled in from there too; Enter in a field
/// moves on; Esc cancels; long text scrolls; and while a change is under way no key does anything.
package protocol FormDialog: OpenDialog {
  associatedtype ControlID: Hashable & Sendable
  var form: Form<ControlID> { get set }
  /// The first line of the text that is shown, where not all of it fits.
  var scroll: Int { get set }

  /// What the dialog says, and where its controls stand.
  func content(_ scene: Scene) -> Dialog<ControlID>

  /// Called when a field, tick or choice was changed.
  mutating func changed(_ control: ControlID, _ context: inout Context)
  mutating func pressed(_ button: ControlID, _ context: inout Context)
  /// Called on Esc; closes unless something has to be asked first.
  mutating func cancelled(_ context: inout Context)
}

extension FormDialog {
  package mutating func changed(_ control: ControlID, _ context: inout Context) {}
  package mutating func cancelled(_ context: inout Context) { context.close() }

  package mutating func handle(_ key: Key, _ context: inout Context) {
    if context.isWorking { return }
    take(form.handle(key), &context)
  }

  package mutating func paste(_ text: String, _ context: inout Context) {
    if context.isWorking { return }
    take(form.paste(text), &context)
  }

  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    let cursor = content(scene).draw(on: &frame.canvas, in: rect, form: form, scroll: scroll)
    frame.cursor = cursor
  }

  private mutating func take(_ event: Form<ControlID>.Event, _ context: inout Context) {
    switch event {
    case .ignored, .moved: break
    case .changed(let control): changed(control, &context)
    case .full(let control, let leftOut):
      context.fail(Guidance.fieldFull(leftOut: leftOut))
      changed(control, &context)
    case .pressed(let button): pressed(button, &context)
    case .cancelled: cancelled(&context)
    case .scrolled(let movement):
      scroll = content(context.scene).scrolled(
        scroll, movement, in: Chrome.dialogBounds(context.size))
    case .pasteDropped: context.fail(Guidance.pasteDropped)
    }
  }
}
