import Administration
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// The event loops, each with a state of its own.
final class Loops: Sendable {
  let group: MultiThreadedEventLoopGroup
  private let states = NIOLockedValueBox<[ObjectIdentifier: NIOLoopBound<LoopState>]>([:])

  init(_ group: MultiThreadedEventLoopGroup) { self.group = group }

  /// Gives each loop its state, and a tick once a second.
  ///
  /// - Throws: what ``Enforcement/init(_:)`` throws.
  func start(peers: Peers, office: Office) throws {
    for loop in group.makeIterator() {
      let state = try loop.submit { [self] in
        let state = LoopState(
          enforcement: try Enforcement(office.site), peers: peers, office: office, loops: self)
        return NIOLoopBound(state, eventLoop: loop)
      }.wait()
      states.withLockedValue { $0[ObjectIdentifier(loop)] = state }
      loop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in
        state.value.tick()
      }
    }
  }

  /// The state of a loop; called on it.
  func state(of loop: any EventLoop) -> LoopState? {
    states.withLockedValue { $0[ObjectIdentifier(loop)] }?.value
  }

  /// What all loops have counted.
  func meter(on loop: any EventLoop) -> EventLoopFuture<Meter> {
    let meters = states.withLockedValue { $0.values.map { $0 } }.map { state in
      state.eventLoop.submit { state.value.meter }
    }
    return EventLoopFuture.whenAllSucceed(meters, on: loop).map { meters in
      meters.reduce(into: Meter()) { $0.add($1) }
    }
  }
}
