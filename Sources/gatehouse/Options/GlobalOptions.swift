import Access
import ArgumentParser

/// The options every command takes, also before its name.
struct GlobalOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The database; else $GATEHOUSE_DATABASE, the system's, or your own.", valueName: "path"),
    completion: .file())
  var database: String?

  @Option(help: ArgumentHelp("Whose permissions to use; else yours.", valueName: "login"))
  var account: String?

  @Flag(help: "Write one JSON value for scripts.")
  var json = false

  func location(in world: World) -> DatabaseLocation {
    DatabaseLocation(named: database, environment: world.environment)
  }
}
