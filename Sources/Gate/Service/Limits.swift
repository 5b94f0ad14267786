import NIOCore
import NIOHTTP1

/// What one connection may take.
enum Limits {
  /// A kept connection without a request; longer than nginx keeps its own (60 s).
  static let idle = TimeAmount.seconds(75)
  /// From the first byte of a request to its last.
  static let request = TimeAmount.seconds(9)
  /// How long what still comes is thrown away after the last answer.
  static let linger = TimeAmount.seconds(2)
  /// Of a request's target, in bytes.
  static let target = 8 << 10
  /// Of a form, in bytes.
  static let body = 64 << 10
  /// Open at once, over all addresses; one more is closed at once.
  static let connections = 4096
  /// How long requests under way may take while the service ends.
  static let drain = TimeAmount.seconds(10)

  /// Of all fields of a request's head together, in bytes.
  static let fields = 64 << 10

  static var head: NIOHTTPDecoderLimitConfiguration {
    var limits = NIOHTTPDecoderLimitConfiguration()
    limits.maxHeaderFieldSize = 16 << 10
    limits.maxHeaderListSize = fields
    limits.maxHeaderFieldCount = 100
    return limits
  }
}
