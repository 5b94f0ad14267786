import Administration
import Glibc
import NIOCore

/// What the connections of one event loop share; never leaves it.
final class LoopState {
  let enforcement: Enforcement
  let peers: Peers
  let office: Office
  let loops: Loops
  var meter = Meter()
  private(set) var connections: [ObjectIdentifier: Connection] = [:]
  /// The date's line, made once a second.
  private(set) var date = ""

  init(enforcement: Enforcement, peers: Peers, office: Office, loops: Loops) {
    self.enforcement = enforcement
    self.peers = peers
    self.office = office
    self.loops = loops
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
    date = "Date: \(httpDate())\r\n"
    let now = NIODeadline.now()
    for connection in connections.values { connection.endIfLate(now) }
  }
}

/// The present as HTTP writes it (RFC 9110 section 5.6.7), like `Sun, 06 Nov 1994 08:49:37 GMT`.
private func httpDate() -> String {
  var seconds = time(nil)
  var parts = tm()
  gmtime_r(&seconds, &parts)
  // The locale's names of days and months are those of C: no other is ever set for them.
  return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 40) { text in
    guard let start = text.baseAddress,
      strftime(start, text.count, "%a, %d %b %Y %H:%M:%S GMT", &parts) > 0
    else { return "" }
    return String(cString: start)
  }
}
