import Access
import Administration
import NIOCore

/// What the connections of one event loop share; never leaves it.
final class LoopState {
  let enforcement: Enforcement
  let peers: Peers
  let office: Office
  var meter = Meter()
  private(set) var connections: [ObjectIdentifier: Connection] = [:]
  /// The date's line, made once a second.
  private(set) var date = ""

  init(enforcement: Enforcement, peers: Peers, office: Office) {
    self.enforcement = enforcement
    self.peers = peers
    self.office = office
    tick()
  }

  func add(_ connection: Connection) {
    connections[ObjectIdentifier(connection)] = connection
    meter.connections = connections.count
  }

  func remove(_ connection: Connection) {
    connections[ObjectIdentifier(connection)] = nil
    meter.connections = connections.count
  }

  /// Once a second: the date, and whoever takes too long.
  func tick() {
    date = "Date: \(HTTPDate(.current))\r\n"
    let now = NIODeadline.now()
    for connection in connections.values { connection.endIfLate(now) }
  }
}

/// An instant as HTTP writes it (RFC 9110 section 5.6.7), like `Sun, 06 Nov 1994 08:49:37 GMT`.
struct HTTPDate: CustomStringConvertible {
  private let instant: Instant

  init(_ instant: Instant) { self.instant = instant }

  var description: String {
    // 1970-01-01T00:00:00Z is 24 bytes with its milliseconds; days since then give the weekday.
    let seconds = Int64((Double(instant.milliseconds) / 1000).rounded(.down))
    let day = Int64((Double(seconds) / 86_400).rounded(.down))
    let rest = seconds - day * 86_400
    let date = CivilDate(of: instant)
    let weekday = Self.weekdays[Int((day % 7 + 11) % 7)]
    return "\(weekday), \(two(date.day)) \(Self.months[date.month - 1]) \(date.year) "
      + "\(two(Int(rest / 3600))):\(two(Int(rest / 60 % 60))):\(two(Int(rest % 60))) GMT"
  }

  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
