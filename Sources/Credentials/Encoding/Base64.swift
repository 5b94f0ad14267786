/// Base64 without padding (RFC 4648 §3.2), read strictly: every value has exactly one text.
enum Base64 {
  /// The 64 symbols: those of URLs and JWS (RFC 4648 §5), or those of PHC texts (§4).
  enum Alphabet {
    case url, standard

    fileprivate var last: (UInt8, UInt8) {
      switch self {
      case .url: (UInt8(ascii: "-"), UInt8(ascii: "_"))
      case .standard: (UInt8(ascii: "+"), UInt8(ascii: "/"))
      }
    }
  }

  static func encode(_ bytes: some Collection<UInt8>, _ alphabet: Alphabet = .url) -> String {
    String(unsafeUninitializedCapacity: (bytes.count * 4 + 2) / 3) { text in
      var buffer: UInt32 = 0
      var bits: UInt32 = 0
      var length = 0
      func append(_ sextet: UInt32) {
        text[length] = symbol(UInt8(sextet & 63), alphabet)
        length += 1
      }
      for byte in bytes {
        buffer = (buffer << 8 | UInt32(byte)) & 0xFFFF
        bits += 8
        while bits >= 6 {
          bits -= 6
          append(buffer >> bits)
        }
      }
      if bits > 0 { append(buffer << (6 - bits)) }
      return length
    }
  }

  /// The bytes of `text`, or nil for padding, blanks, foreign symbols or bits left over.
  static func decode(_ text: some StringProtocol, _ alphabet: Alphabet = .url) -> [UInt8]? {
    guard text.utf8.count % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count / 4 * 3 + 2)
    var buffer: UInt32 = 0
    var bits: UInt32 = 0
    for character in text.utf8 {
      guard let value = value(character, alphabet) else { return nil }
      buffer = (buffer << 6 | UInt32(value)) & 0xFFFF
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: buffer >> bits))
      }
    }
    return buffer & (1 << bits - 1) == 0 ? bytes : nil
  }

  private static func symbol(_ value: UInt8, _ alphabet: Alphabet) -> UInt8 {
    switch value {
    case 0..<26: UInt8(ascii: "A") + value
    case 26..<52: UInt8(ascii: "a") + value - 26
    case 52..<62: UInt8(ascii: "0") + value - 52
    case 62: alphabet.last.0
    default: alphabet.last.1
    }
  }

  private static func value(_ symbol: UInt8, _ alphabet: Alphabet) -> UInt8? {
    switch symbol {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): symbol - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): symbol - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): symbol - UInt8(ascii: "0") + 52
    case alphabet.last.0: 62
    case alphabet.last.1: 63
    default: nil
    }
  }
}
