import Glibc

/// Asks on the controlling terminal, showing nothing of what is typed.
enum HiddenPrompt {
  static func ask(_ prompt: String) throws -> [UInt8] {
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard terminal >= 0 else { throw InputError.noTerminal(code: errno) }
    defer { close(terminal) }
    var before = termios()
    guard tcgetattr(terminal, &before) == 0 else { throw InputError.noTerminal(code: errno) }
    var hidden = before
    // Signals by key are off as well: Ctrl-C must not end the process while echo is off.
    hidden.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON | ISIG)
    guard tcsetattr(terminal, TCSAFLUSH, &hidden) == 0 else {
      throw InputError.noTerminal(code: errno)
    }
    defer {
      tcsetattr(terminal, TCSAFLUSH, &before)
      try? Sink.write(Array("\n".utf8), to: terminal)
    }
    try Sink.write(Array(prompt.utf8), to: terminal)
    var answer = TypedLine()
    while true {
      var byte: UInt8 = 0
      let count = read(terminal, &byte, 1)
      if count < 0, errno == EINTR { continue }
      guard count == 1 else { throw InputError.abandoned }
      switch answer.take(byte) {
      case .more: continue
      case .done: return answer.bytes
      case .abandoned: throw InputError.abandoned
      }
    }
  }
}

/// A line as it is typed, with the few keys that edit it.
struct TypedLine {
  private(set) var bytes: [UInt8] = []

  enum Progress { case more, done, abandoned }

  mutating func take(_ byte: UInt8) -> Progress {
    switch byte {
    case 0x0A, 0x0D: return .done
    case 0x03, 0x1C: return .abandoned  // Ctrl-C, Ctrl-\
    case 0x04 where bytes.isEmpty: return .abandoned  // Ctrl-D
    case 0x15: bytes.removeAll()  // Ctrl-U
    case 0x08, 0x7F: removeCharacter()
    default: bytes.append(byte)
    }
    return .more
  }

  /// Takes back one scalar, all its bytes.
  private mutating func removeCharacter() {
    while let last = bytes.popLast(), last & 0xC0 == 0x80 {}
  }
}
