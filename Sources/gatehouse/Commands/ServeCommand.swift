import Access
import ArgumentParser
import Gate

struct ServeCommand: WorldCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Answer gateways: the gate.",
    discussion: """
      Runs in the foreground and logs to standard error. SIGTERM or SIGINT ends it once all that is \
      under way is answered. Samples for nginx, Caddy, HAProxy, Envoy, Apache and Traefik come with it.
      """)

  @OptionGroup var global: GlobalOptions
  @Option(
    help: ArgumentHelp(
      "HOST:PORT, [IPv6]:PORT or unix:PATH; repeat it. Else \(ListenAddress.usual).",
      valueName: "address"))
  var listen: [String] = []
  @Option(
    help: ArgumentHelp(
      "Gateways whose forwarded headers count; repeat it. Else loopback. Unix sockets always count.",
      valueName: "cidr"))
  var peer: [String] = []
  @Option(help: ArgumentHelp("Permissions of Unix sockets.", valueName: "octal"))
  var socketMode = "660"
  @Option(help: ArgumentHelp("The group of Unix sockets; else yours.", valueName: "name"))
  var socketGroup: String?
  @Flag(help: "Serve from a copy that something else keeps current; write nothing.")
  var readOnly = false
  @Flag(help: "Answer 200 to everything, and record what would have been refused.")
  var observeOnly = false

  func run(in world: World) throws {
    var options = GateOptions()
    if !listen.isEmpty { options.addresses = try listen.map { try ListenAddress(parsing: $0) } }
    options.peers = try peer.map { try Network(parsing: $0) }
    options.observesOnly = observeOnly
    guard let mode = UInt32(socketMode, radix: 8), mode <= 0o777 else {
      throw OptionError.pair(option: "--socket-mode", socketMode, example: "660")
    }
    options.socketMode = mode
    options.socketGroup = try socketGroup.map { name in
      guard let group = SystemDatabase().group(name) else { throw NoSuchGroup(name: name) }
      return group
    }
    try world.doors.serve(global.location(in: world).path, readOnly, options)
  }
}
