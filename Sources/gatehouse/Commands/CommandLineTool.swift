import ArgumentParser

/// The root of the command line; without a command it opens the console.
struct CommandLineTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gatehouse",
    abstract: "Decide who may call your REST API, with what credential, for how long.",
    discussion: """
      Without a command the full-screen console opens. Global options may stand before the command. \
      Results are on standard output, everything else on standard error.
      """,
    version: Gatehouse.version,
    subcommands: [
      ConsoleCommand.self, InitCommand.self, StatusCommand.self, WhoamiCommand.self,
      PropertyCommand.self, BearerCommand.self, LevelCommand.self, ExpirationCommand.self,
      RevisionCommand.self, RoleCommand.self, AccountCommand.self, TokenCommand.self,
      KeyCommand.self, MigrationCommand.self,
      BrownoutCommand.self, CutOverCommand.self, IntegrationCommand.self, SigningKeyCommand.self,
      ClientCommand.self,
      AuditCommand.self, UsageCommand.self, RefusalsCommand.self, ExplainCommand.self,
      ServeCommand.self, BackupCommand.self,
      RestoreCommand.self, DoctorCommand.self, SSHCommand.self,
      BenchSiteCommand.self,
    ])
}

/// A noun: it does nothing itself and lists its verbs.
func noun(
  _ name: String, _ abstract: String, _ verbs: [any ParsableCommand.Type]
) -> CommandConfiguration {
  CommandConfiguration(commandName: name, abstract: abstract, subcommands: verbs)
}

func verb(_ name: String, _ abstract: String) -> CommandConfiguration {
  CommandConfiguration(commandName: name, abstract: abstract)
}
