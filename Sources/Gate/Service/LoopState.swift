import Access
import Administration
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
  private var announced: (notice: CutOverNotice, lines: String)?

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

  /// The header lines of an announcement, made once for each.
  func lines(_ notice: CutOverNotice?) -> String {
    guard let notice else { return "" }
    if announced?.notice != notice { announced = (notice, notice.lines) }
    return announced?.lines ?? ""
  }

  /// Once a second: the date, and whoever takes too long.
  func tick() {
    date = "Date: \(httpDate(Instant.current))\r\n"
    let now = NIODeadline.now()
    for connection in connections.values { connection.endIfLate(now) }
  }
}
