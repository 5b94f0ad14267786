import NIOHTTP1

/// The fields of a request's head that matter here, gathered in one pass over them all.
struct HeaderFields {
  var authorization = Field()
  var legacyKey = Field()
  var forwardedMethod = Field()
  var forwardedURI = Field()
  /// Every value, in the order in which they came.
  var forwardedFor: [String] = []
  var agent: String?

  /// A field that may come once.
  struct Field {
    /// The first value.
    private(set) var value: String?
    private(set) var isRepeated = false

    /// The value where there is exactly one.
    var single: String? { isRepeated ? nil : value }

    mutating func take(_ value: String) {
      isRepeated = self.value != nil
      self.value = self.value ?? value
    }
  }

  /// Takes the fields; the header that legacy keys arrive in is named in lower case.
  init(_ headers: HTTPHeaders, legacyKeyHeader: String) {
    for (name, value) in headers {
      // Most fields are told apart by their length.
      switch name.utf8.count {
      case 10 where name.isHeader("user-agent"): agent = agent ?? value
      case 13 where name.isHeader("authorization"): authorization.take(value)
      case 15 where name.isHeader("x-forwarded-for"): forwardedFor.append(value)
      case 15 where name.isHeader("x-forwarded-uri"): forwardedURI.take(value)
      case 18 where name.isHeader("x-forwarded-method"): forwardedMethod.take(value)
      case legacyKeyHeader.utf8.count where name.isHeader(legacyKeyHeader): legacyKey.take(value)
      default: break
      }
    }
  }
}

extension String {
  /// Whether this is the header `name`, which is in lower case; only ASCII letters have a case.
  func isHeader(_ name: String) -> Bool {
    let (bytes, wanted) = (utf8Span.span, name.utf8Span.span)
    guard bytes.count == wanted.count else { return false }
    return bytes.indices.allSatisfy { index in
      let byte = bytes[index]
      let isCapital = byte &- UInt8(ascii: "A") < 26
      return (isCapital ? byte | 0x20 : byte) == wanted[index]
    }
  }
}
