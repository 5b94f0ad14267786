import Access
import TerminalKit

/// Why a command line is refused before or beside the parser.
enum ArgumentError: Failure, Equatable {
  case invalidText(position: Int, bytes: [UInt8])
  case unknownCommand([String], known: [String])
  case verbMissing([String], known: [String])
  case valueMissing(option: String)

  var description: String {
    switch self {
    case .invalidText(let position, let bytes):
      "Argument \(position), “\(SafeText(decoding: bytes))”, is not valid UTF-8. Nothing was done."
    case .unknownCommand(let path, let known):
      """
      There is no command “\(path.joined(separator: " "))”. \
      \(Self.choices(known, behind: path.dropLast()))
      """
    case .verbMissing(let path, let known):
      """
      “\(path.joined(separator: " "))” alone does nothing. \
      \(Self.choices(known, behind: path[...]))
      """
    case .valueMissing(let option):
      "The option \(option) needs a value behind it. Nothing was done."
    }
  }

  var exitCode: ExitCode { .usage }

  private static func choices(_ known: [String], behind path: ArraySlice<String>) -> String {
    let command = (["gatehouse"] + path).joined(separator: " ")
    return "Choose from \(known.joined(separator: ", ")); `\(command) --help` explains them."
  }
}
