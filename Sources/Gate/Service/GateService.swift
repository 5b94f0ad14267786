package import Access
package import Administration
import Glibc
import Logging
import NIOCore
import NIOExtras
import NIOHTTP1
import NIOPosix

/// What `gatehouse serve` was told.
package struct GateOptions: Sendable {
  package var addresses = [ListenAddress.usual]
  package var peers: [Network] = []
  package var observesOnly = false
  /// Permission bits of Unix sockets, and the number of their group: nil is that of this process.
  package var socketMode: UInt32 = 0o660
  package var socketGroup: UInt32?

  package init() {}
}

/// Enforcement over HTTP, until a signal ends it.
package struct GateService {
  private let options: GateOptions
  private let site: EnforcementSite
  private let log: Logger

  /// - Throws: a ``Failure`` where the site cannot be used.
  package init(_ administration: Administration, _ options: GateOptions) throws {
    self.options = options
    site = try EnforcementSite(administration, observesOnly: options.observesOnly)
    log = Logger(label: "gatehouse", factory: { StreamLogHandler.standardError(label: $0) })
  }

  /// Serves; returns when SIGTERM or SIGINT ended it and all that was under way is answered.
  ///
  /// - Throws: ``ListenError``, or ``GateReplaced`` where other files are where the database was.
  package func run() throws {
    // Before any thread is made: all of them leave these signals to this one.
    let signals = EndSignals()
    yieldToGateway()
    let group = MultiThreadedEventLoopGroup(numberOfThreads: System.coreCount)
    let threads = NIOThreadPool(numberOfThreads: 8)
    threads.start()
    defer {
      try? group.syncShutdownGracefully()
      try? threads.syncShutdownGracefully()
      // What the last requests counted.
      try? site.flush()
    }
    let office = Office(site, threads, log)
    let loops = Loops(group)
    try loops.start(peers: Peers(options.peers), office: office)
    let doors = try open(loops)
    defer { doors.forEach { $0.file?.remove() } }
    log.notice("The gate is open.", metadata: metadata(doors))
    while true {
      if signals.wait(seconds: 1) {
        log.notice("The gate closes.")
        return try drain(doors, group)
      }
      office.flush()
      if site.isReplaced {
        try drain(doors, group)
        throw GateReplaced()
      }
    }
  }

  /// Has the threads made from here on wait their turn rather than interrupt whoever runs.
  ///
  /// A gateway on the same cores then sends more before it is answered, and more is answered at each
  /// wake-up: 6 to 14 % more requests a second (sched(7), SCHED_BATCH). Whoever chose a policy keeps
  /// it, and where this one cannot be had nothing but speed is lost.
  private func yieldToGateway() {
    let batch: Int32 = 3  // SCHED_BATCH, which Glibc's module leaves out
    guard sched_getscheduler(0) == SCHED_OTHER else { return }
    var parameters = sched_param()
    sched_setscheduler(0, batch, &parameters)
  }

  private func metadata(_ doors: [Door]) -> Logger.Metadata {
    var metadata: Logger.Metadata = [
      "listen": .array(doors.map { .string($0.address.description) })
    ]
    if options.observesOnly { metadata["observes"] = "only; everything is answered 200" }
    return metadata
  }

  // MARK: - Listening

  /// One address that is listened on.
  private struct Door {
    let address: ListenAddress
    let file: SocketFile?
    let quiescing: ServerQuiescingHelper
  }

  private func open(_ loops: Loops) throws -> [Door] {
    var doors: [Door] = []
    do {
      for address in options.addresses { doors.append(try open(address, loops)) }
    } catch {
      doors.forEach { $0.file?.remove() }
      throw error
    }
    return doors
  }

  private func open(_ address: ListenAddress, _ loops: Loops) throws -> Door {
    let quiescing = ServerQuiescingHelper(group: loops.group)
    let peers = Peers(options.peers)
    let bootstrap = ServerBootstrap(group: loops.group)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            quiescing.makeServerChannelHandler(channel: channel))
        }
      }
      .childChannelOption(.allowRemoteHalfClosure, value: false)
      // A request comes with one reading; a second one would find nothing.
      .childChannelOption(.maxMessagesPerRead, value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try Self.receive(channel, loops, peers) }
      }
    do {
      switch address {
      case .tcp(let host, let port):
        let channel = try bootstrap.childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
          .bind(host: host, port: port).wait()
        let bound = channel.localAddress?.port.map { ListenAddress.tcp(host: host, port: $0) }
        return Door(address: bound ?? address, file: nil, quiescing: quiescing)
      case .unix(let path):
        let file = SocketFile(path: path, mode: options.socketMode, group: options.socketGroup)
        try file.removeStale()
        _ = try bootstrap.bind(unixDomainSocketPath: path).wait()
        do {
          try file.open()
        } catch {
          file.remove()
          throw error
        }
        return Door(address: address, file: file, quiescing: quiescing)
      }
    } catch let error as ListenError {
      throw error
    } catch {
      throw ListenError.system(address, reason: "\(error)")
    }
  }

  private static func receive(_ channel: any Channel, _ loops: Loops, _ peers: Peers) throws {
    guard let state = loops.state(of: channel.eventLoop),
      // Connections are shared out evenly, so each loop may count its own.
      state.connections.count < Limits.connections / System.coreCount
    else { throw ChannelError.alreadyClosed }
    let address = channel.remoteAddress
    let isUnix = if case .unixDomainSocket? = address { true } else { false }
    let listed = address?.ipAddress.flatMap { IPAddress(parsing: $0) }.map(peers.lists) ?? isUnix
    let pipeline = channel.pipeline.syncOperations
    try pipeline.addHandler(
      ByteToMessageHandler(
        HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: Limits.head)))
    try pipeline.addHandler(Connection(state, peer: listed ? .listed : .unlisted))
  }

  // MARK: - Ending

  /// Takes no new connection, ends the idle ones, and waits for the answers under way.
  private func drain(_ doors: [Door], _ group: MultiThreadedEventLoopGroup) throws {
    let loop = group.next()
    let ends = doors.map { door in
      let promise = loop.makePromise(of: Void.self)
      door.quiescing.initiateShutdown(promise: promise)
      return promise.futureResult
    }
    let done = loop.makePromise(of: Void.self)
    EventLoopFuture.andAllComplete(ends, on: loop).cascade(to: done)
    let late = loop.scheduleTask(in: Limits.drain) { done.succeed() }
    try done.futureResult.wait()
    late.cancel()
  }
}

/// The signals that end the service, waited for by the thread that made this.
private struct EndSignals {
  private var signals = sigset_t()

  init() {
    sigemptyset(&signals)
    for signal in [SIGTERM, SIGINT] { sigaddset(&signals, signal) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    // Whoever hangs up shows as an error of the write.
    Glibc.signal(SIGPIPE, SIG_IGN)
  }

  /// Whether one came within that time.
  func wait(seconds: Int) -> Bool {
    var time = timespec(tv_sec: seconds, tv_nsec: 0)
    return withUnsafePointer(to: signals) { sigtimedwait($0, nil, &time) } > 0
  }
}

/// Other files are where the database was: nothing this process knows counts any more.
package struct GateReplaced: Failure {
  package var description: String {
    "The database was replaced under the gate, which has stopped. Start it again: it reads the new one."
  }

  package var exitCode: ExitCode { .unavailable }
}
