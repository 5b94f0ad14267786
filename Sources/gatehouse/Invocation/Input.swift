import Access
import Glibc

/// What a command reads: files, standard input, and answers typed unseen.
struct Input {
  /// Whether a person can be asked.
  var isTerminal: Bool
  /// The whole content of a file, of at most so many bytes; `-` is standard input.
  var read: (_ file: String, _ limit: Int) throws -> [UInt8]
  /// How much of anything is read.
  var limit = FileReading.limit
  /// The first line of standard input without its end; nil where there is none.
  var line: (_ limit: Int) throws -> [UInt8]?
  /// Asks on the terminal, showing nothing of the answer.
  var secret: (_ prompt: String) throws -> [UInt8]

  static var process: Input {
    Input(
      isTerminal: isatty(STDIN_FILENO) == 1,
      read: { try FileReading.content(of: $0, limit: $1) },
      line: { try FileReading.line(from: STDIN_FILENO, limit: $0) },
      secret: { try HiddenPrompt.ask($0) })
  }

  func content(_ file: String) throws -> [UInt8] { try read(file, limit) }
}

/// Reads files and standard input whole, within a bound.
enum FileReading {
  /// Larger than any import that is meant, smaller than what would exhaust a machine.
  static let limit = 512 * 1024 * 1024

  static func content(of file: String, limit: Int) throws(InputError) -> [UInt8] {
    if file == "-" { return try all(from: STDIN_FILENO, named: "standard input", limit) }
    let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw .unreadable(file: file, code: errno) }
    defer { close(descriptor) }
    return try all(from: descriptor, named: file, limit)
  }

  /// What a file that somebody named on a screen says; nothing else is waited for.
  static func text(of file: String) throws(InputError) -> String {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard descriptor >= 0 else { throw .unreadable(file: file, code: errno) }
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw .unreadable(file: file, code: errno) }
    guard facts.st_mode & S_IFMT == S_IFREG else { throw .notText(file: file) }
    return try text(try all(from: descriptor, named: file, 1 << 20), of: file)
  }

  /// A file's content as text.
  static func text(_ content: [UInt8], of file: String) throws(InputError) -> String {
    guard let text = String(validating: content, as: UTF8.self) else {
      throw .notText(file: file)
    }
    return text
  }

  private static func all(
    from descriptor: Int32, named file: String, _ limit: Int
  ) throws(InputError) -> [UInt8] {
    var content: [UInt8] = []
    while let piece = try piece(from: descriptor, of: 1 << 18, named: file) {
      content += piece
      guard content.count <= limit else { throw .tooLarge(file: file, limit: limit) }
    }
    return content
  }

  /// Byte by byte, so that what stands behind the line is left for others.
  ///
  /// A line longer than `limit` is cut one byte behind it, so that a rule about length sees it.
  static func line(from descriptor: Int32, limit: Int) throws(InputError) -> [UInt8]? {
    var line: [UInt8] = []
    while line.count <= limit {
      guard let byte = try piece(from: descriptor, of: 1, named: "standard input")?.first else {
        return line.isEmpty ? nil : line
      }
      if byte == UInt8(ascii: "\n") { break }
      line.append(byte)
    }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    return line
  }

  private static func piece(
    from descriptor: Int32, of size: Int, named file: String
  ) throws(InputError) -> [UInt8]? {
    while true {
      var code: Int32 = 0
      let piece = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        let got = read(descriptor, buffer.baseAddress, size)
        code = got < 0 ? errno : 0
        count = max(got, 0)
      }
      if code == 0 { return piece.isEmpty ? nil : piece }
      if code != EINTR { throw .unreadable(file: file, code: code) }
    }
  }
}

/// Why something could not be read.
enum InputError: Failure, Equatable {
  case unreadable(file: String, code: Int32)
  case tooLarge(file: String, limit: Int)
  case notText(file: String)
  case noLine
  case noTerminal(code: Int32)
  case abandoned
  case unequal

  var description: String {
    switch self {
    case .unreadable(let file, let code):
      "“\(Visible.text(file))” cannot be read: \(systemMessage(code))."
    case .tooLarge(let file, let limit):
      "“\(Visible.text(file))” is larger than \(limit >> 20) MiB. Split it and import the parts."
    case .notText(let file):
      "“\(Visible.text(file))” is not text in UTF-8. Nothing was done."
    case .noLine:
      "Standard input is empty. Give the password as one line, or run this on a terminal."
    case .noTerminal(let code):
      "There is no terminal to ask on: \(systemMessage(code)). Give the password as one line of stdin."
    case .abandoned: "Nothing was done: the question was left without an answer."
    case .unequal: "The two passwords differ. Nothing was changed."
    }
  }

  var exitCode: ExitCode {
    switch self {
    case .noLine, .notText: .badContent
    default: .refused
    }
  }
}
