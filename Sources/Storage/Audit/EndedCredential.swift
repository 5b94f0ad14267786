/// A credential that was ended for good, as the checkpoints keep it: a database that is restored from
/// before that must not bring it back.
enum EndedCredential: Hashable, Sendable {
  case token(String)
  case legacyKey(String)
  /// All tokens that were signed with a key.
  case signed(String)

  private static let lead = "ended "

  /// The line `ended token ID`, `ended legacy_key ID` or `ended signed KID`.
  var text: String {
    switch self {
    case .token(let id): "\(Self.lead)token \(id)"
    case .legacyKey(let id): "\(Self.lead)legacy_key \(id)"
    case .signed(let kid): "\(Self.lead)signed \(kid)"
    }
  }

  /// Whether a line tells of one, so that it is no audit row's.
  static func isTold(by line: some StringProtocol) -> Bool { line.hasPrefix(lead) }

  /// Reads a line; nil for an audit row's, or one of an unknown kind.
  init?(parsing line: String) {
    let words = line.split(separator: " ").map(String.init)
    guard words.count == 3, Self.isTold(by: line) else { return nil }
    switch words[1] {
    case "token": self = .token(words[2])
    case "legacy_key": self = .legacyKey(words[2])
    case "signed": self = .signed(words[2])
    default: return nil
    }
  }
}
