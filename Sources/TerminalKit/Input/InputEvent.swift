/// What a terminal tells the loop.
package enum InputEvent: Hashable, Sendable {
  case key(Key)
  /// Text pasted in brackets, as it came; it becomes ``SafeText`` or field input, never keys.
  case paste(String)
  case mouse(MouseEvent)
  case resize(Size)
  /// Back from a suspension; everything has to be drawn again.
  case continued
  /// The other end is gone (SIGHUP, POLLHUP or reads that fail): end now, write nothing more.
  case hangup
  /// SIGTERM: end in order.
  case terminate
}

/// A click or a turn of the wheel; only with `--mouse`.
package struct MouseEvent: Hashable, Sendable {
  package enum Kind: Hashable, Sendable { case press, wheelUp, wheelDown }

  package let kind: Kind
  package let point: Point

  package init(_ kind: Kind, at point: Point) {
    self.kind = kind
    self.point = point
  }
}
