/// A place frames go to and keys come from.
///
/// Deliberately not `Sendable`: the compiler keeps it on the thread that runs the loop. None of its
/// functions blocks; waiting is the loop's.
package protocol Terminal: AnyObject {
  var size: Size { get }
  var capabilities: Capabilities { get }
  /// Gives roles their colours from the next ``present(_:)`` on.
  var theme: Theme { get set }

  /// The next event that is already here, or nil.
  func readEvent() -> InputEvent?
  /// Drops the keys typed ahead, as before a dialog opens.
  func flushInput()
  /// Shows a frame; one of another size than the terminal's is cut or has blanks around it.
  func present(_ frame: Frame)
  /// Asks the terminal to put `text` on the user's clipboard (OSC 52); nobody knows if it did.
  func copy(_ text: String)
  /// Gives the terminal back and stops the process until it is continued.
  func suspend()
  /// Takes the terminal again and shows the last frame anew.
  func resume()
  /// Restores the terminal; every step is tried, and a second call does nothing.
  func close()
}

/// What a terminal can do.
package struct Capabilities: Equatable, Sendable {
  /// 0 for none, else 8, 16 or 256.
  package var colors: Int
  package var glyphs: Glyphs
  package var mouse: Bool
  /// The `TERM` that the server does not know, if another one was used in its place.
  package var unknownTerm: String?

  package init(
    colors: Int, glyphs: Glyphs, mouse: Bool = false, unknownTerm: String? = nil
  ) {
    self.colors = colors
    self.glyphs = glyphs
    self.mouse = mouse
    self.unknownTerm = unknownTerm
  }

  package var utf8: Bool { glyphs.isUTF8 }
}
