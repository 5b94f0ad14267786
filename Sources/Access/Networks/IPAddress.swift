/// An IPv4 or IPv6 address; an IPv4-mapped one (`::ffff:10.0.0.1`) counts as IPv4.
package struct IPAddress: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// 4 or 16 bytes, most significant first.
  package let bytes: [UInt8]

  /// An address of 4 or 16 bytes that came from another.
  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Reads dotted decimal without leading zeros, or RFC 4291 §2.2 text without zone.
  package init?(parsing text: String) {
    let octets = text.utf8.contains(UInt8(ascii: ":")) ? Self.version6(text) : Self.version4(text)
    guard let octets else { return nil }
    bytes =
      octets.count == 16 && octets.starts(with: Self.mappedPrefix)
      ? Array(octets.dropFirst(12)) : octets
  }

  package var isVersion4: Bool { bytes.count == 4 }

  /// The canonical text of RFC 5952.
  package var description: String {
    guard !isVersion4 else { return bytes.map(String.init).joined(separator: ".") }
    let groups = stride(from: 0, to: 16, by: 2).map { Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]) }
    var best = 0..<0
    var start = 0
    while start < 8 {
      var end = start
      while end < 8, groups[end] == 0 { end += 1 }
      if end - start > max(best.count, 1) { best = start..<end }
      start = max(end, start + 1)
    }
    func text(_ range: Range<Int>) -> String {
      groups[range].map { String($0, radix: 16) }.joined(separator: ":")
    }
    return best.isEmpty ? text(0..<8) : text(0..<best.lowerBound) + "::" + text(best.upperBound..<8)
  }

  package static func < (left: Self, right: Self) -> Bool {
    left.bytes.count == right.bytes.count
      ? left.bytes.lexicographicallyPrecedes(right.bytes) : left.bytes.count < right.bytes.count
  }

  private static let mappedPrefix: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]

  private static func version4(_ text: some StringProtocol) -> [UInt8]? {
    var octets: [UInt8] = []
    octets.reserveCapacity(4)
    var octet: (value: UInt16, digits: Int) = (0, 0)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "."):
        guard octet.digits > 0, octets.count < 3 else { return nil }
        octets.append(UInt8(octet.value))
        octet = (0, 0)
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        // No leading zero: to some, that makes it octal.
        guard octet.digits == 0 || octet.value > 0 else { return nil }
        octet = (octet.value * 10 + UInt16(byte - UInt8(ascii: "0")), octet.digits + 1)
        guard octet.value <= UInt8.max else { return nil }
      default: return nil
      }
    }
    guard octet.digits > 0, octets.count == 3 else { return nil }
    return octets + [UInt8(octet.value)]
  }

  private static func version6(_ text: String) -> [UInt8]? {
    // An empty half counts: `::1` and `2001:db8::` have one.
    let halves = Array(text.utf8).split(
      separator: [UInt8(ascii: ":"), UInt8(ascii: ":")], omittingEmptySubsequences: false)
    switch halves.count {
    case 1:
      guard let octets = groups(halves[0]), octets.count == 16 else { return nil }
      return octets
    case 2:
      guard let head = groups(halves[0], allowsVersion4: false),
        let tail = groups(halves[1]), head.count + tail.count <= 14
      else { return nil }
      return head + Array(repeating: 0, count: 16 - head.count - tail.count) + tail
    default: return nil
    }
  }

  private static func groups(_ bytes: ArraySlice<UInt8>, allowsVersion4: Bool = true) -> [UInt8]? {
    guard !bytes.isEmpty else { return [] }
    let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    var octets: [UInt8] = []
    for (index, part) in parts.enumerated() {
      if allowsVersion4, index == parts.count - 1, part.contains(UInt8(ascii: ".")) {
        guard let tail = version4(String(decoding: part, as: UTF8.self)) else { return nil }
        octets += tail
        continue
      }
      guard (1...4).contains(part.count), part.allSatisfy(isHexDigit),
        let group = UInt16(String(decoding: part, as: UTF8.self), radix: 16)
      else { return nil }
      octets += [UInt8(group >> 8), UInt8(group & 0xFF)]
    }
    return octets
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...70, 97...102: true
    default: false
    }
  }
}

/// A network in CIDR notation, IPv4 or IPv6; a lone address is a network of one.
package struct Network: Hashable, Sendable, CustomStringConvertible {
  package let address: IPAddress
  /// How many leading bits an address must share: 0–32 or 0–128.
  package let prefixLength: Int

  /// Reads `10.2.0.0/16` or `2001:db8::/32`; bits behind the prefix must be zero.
  package init(parsing text: String) throws(NetworkError) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let address = IPAddress(parsing: String(first)) else {
      throw .unreadable(text)
    }
    let bits = address.bytes.count * 8
    guard parts.count == 2 else {
      self.address = address
      prefixLength = bits
      return
    }
    // The prefix of an IPv4-mapped address counts from the front of its 128 bits.
    let mapped = address.isVersion4 && first.contains(":") ? 96 : 0
    guard parts[1].utf8.count <= 3, let written = decimal(parts[1].utf8).map(Int.init),
      (mapped...mapped + bits).contains(written)
    else { throw .unreadable(text) }
    let length = written - mapped
    let masked = Self.masked(address.bytes, to: length)
    guard masked == address.bytes else {
      throw .hostBits(text, network: "\(Self.text(masked))/\(length)")
    }
    self.address = address
    prefixLength = length
  }

  package func contains(_ other: IPAddress) -> Bool {
    other.bytes.count == address.bytes.count
      && Self.masked(other.bytes, to: prefixLength) == address.bytes
  }

  package var description: String { "\(address)/\(prefixLength)" }

  private static func masked(_ bytes: [UInt8], to length: Int) -> [UInt8] {
    bytes.enumerated().map { index, byte in
      let kept = min(max(length - index * 8, 0), 8)
      return kept == 0 ? 0 : byte & (0xFF << (8 - UInt8(kept)))
    }
  }

  private static func text(_ bytes: [UInt8]) -> String {
    let text =
      bytes.count == 4
      ? bytes.map(String.init).joined(separator: ".")
      : stride(from: 0, to: bytes.count, by: 2)
        .map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }.joined(separator: ":")
    return IPAddress(parsing: text)?.description ?? text
  }
}

/// Why a text is not a network.
package enum NetworkError: Failure, Equatable {
  case unreadable(String)
  case hostBits(String, network: String)

  package var description: String {
    switch self {
    case .unreadable(let text):
      "“\(Visible.text(text))” is not a network. Write it like 10.2.0.0/16 or 2001:db8::/32."
    case .hostBits(let text, let network):
      "“\(Visible.text(text))” has bits behind its prefix. Did you mean \(network)?"
    }
  }
}
