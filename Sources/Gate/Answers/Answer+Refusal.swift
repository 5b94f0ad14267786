import Access
import Administration

extension Answer {
  /// The answer to a refused request: one challenge (RFC 6750 section 3), and a small body for
  /// whoever reads it.
  ///
  /// - Parameters:
  ///   - ruling: what the answer carries.
  ///   - refusal: why.
  ///   - notice: whole header lines of an announcement.
  init(refusing ruling: Ruling, because refusal: Refusal, lines notice: String) {
    let explanation = ruling.explanation ?? ""
    var lines = Answer.noStore + Self.challenge(refusal, explanation) + notice
    if let seconds = ruling.retryAfter { lines += "Retry-After: \(seconds)\r\n" }
    self = .json(
      refusal.status == 403 ? .forbidden : .unauthorized,
      .object([
        .init("error", .string(refusal.rawValue)),
        .init("error_description", .string(explanation)),
        .init("help", .string(ruling.help ?? "")),
      ]), lines: lines)
  }

  /// Gateways pass on the challenge rather than the body, so it says the same.
  private static func challenge(_ refusal: Refusal, _ explanation: String) -> String {
    let challenge = "WWW-Authenticate: Bearer realm=\"api\""
    guard let error = refusal.challengeError else { return challenge + "\r\n" }
    return challenge + ", error=\"\(error)\", error_description=\"\(quotable(explanation))\"\r\n"
  }

  /// Without what section 3 of RFC 6750 leaves out of a description.
  private static func quotable(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.filter { scalar in
          (0x20...0x7E).contains(scalar.value) && scalar != "\"" && scalar != "\\"
        }))
  }

  /// The database could not be asked: nobody is let through, and the gateway may try again.
  static let unavailable = error(
    .unavailable, "temporarily_unavailable",
    "The gate cannot read its database. Its log says why; try again in a moment.",
    lines: noStore + "Retry-After: 1\r\n")
}

extension Refusal {
  /// The code of RFC 6750 section 3.1; none where no credential was sent.
  fileprivate var challengeError: String? {
    switch self {
    case .credentialMissing, .apiDisabled: nil
    case .credentialAmbiguous, .requestUnsafe: "invalid_request"
    case .permissionMissing, .scopeMissing: "insufficient_scope"
    default: "invalid_token"
    }
  }
}
