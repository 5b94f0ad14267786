import CCurses
import TerminalKit

/// What curses makes of the bytes that arrive, before sequences it does not know are put together.
enum RawInput: Equatable {
  case scalar(Unicode.Scalar)
  case key(Key)
  /// A key without a name here.
  case ignored
}

/// Where raw input comes from: curses, or the script of a test.
protocol RawInputSource {
  /// The next piece, or nil if none arrives in time.
  mutating func next(within patience: Patience) -> RawInput?
}

/// How long to wait for the next piece.
enum Patience {
  case none
  /// As long as a sequence may be torn apart on its way.
  case withinSequence
}

/// The terminal's own input.
struct CursesInput: RawInputSource {
  mutating func next(within patience: Patience) -> RawInput? {
    let input = cc_read(patience == .none ? 0 : cc_escape_delay())
    switch Int(input.kind) {
    case CC_SCALAR: return Unicode.Scalar(input.value).map(RawInput.scalar) ?? .ignored
    case CC_KEY: return Self.key(Int(input.value)).map(RawInput.key) ?? .ignored
    case CC_IGNORED: return .ignored
    default: return nil
    }
  }

  private static func key(_ value: Int) -> Key? {
    switch value {
    case CC_KEY_UP: .up
    case CC_KEY_DOWN: .down
    case CC_KEY_LEFT: .left
    case CC_KEY_RIGHT: .right
    case CC_KEY_HOME: .home
    case CC_KEY_END: .end
    case CC_KEY_PAGE_UP: .pageUp
    case CC_KEY_PAGE_DOWN: .pageDown
    case CC_KEY_INSERT: .insert
    case CC_KEY_DELETE: .delete
    case CC_KEY_BACKSPACE: .backspace
    case CC_KEY_ENTER: .enter
    case CC_KEY_BACK_TAB: .backTab
    case (CC_KEY_FUNCTION + 1)...: .function(value - CC_KEY_FUNCTION)
    default: nil
    }
  }
}
