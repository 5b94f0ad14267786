import Access
import ArgumentParser
import TerminalKit

/// A command that works at an open database.
protocol DeskCommand: ParsableCommand {
  var global: GlobalOptions { get }
  /// Whether it changes nothing, so that a database that cannot be written to serves as well.
  static var onlyReads: Bool { get }
  /// The same for what was asked of it this time.
  var onlyReads: Bool { get }
  /// Whether it is done on the host itself alone, never for somebody who came over SSH.
  static var isLocal: Bool { get }
  func run(at desk: Desk) throws
}

extension DeskCommand {
  static var isLocal: Bool { false }
  static var onlyReads: Bool { false }
  var onlyReads: Bool { Self.onlyReads }
}

/// A command that needs no open database, or opens one its own way.
protocol WorldCommand: ParsableCommand {
  /// As in ``DeskCommand``; true unless a command says otherwise.
  static var isLocal: Bool { get }
  func run(in world: World) throws
}

extension WorldCommand {
  static var isLocal: Bool { true }
}

/// One run of the command line, from arguments to exit status.
struct Invocation {
  let world: World

  /// Parses and runs; never throws, and says on standard error what went wrong.
  func run(_ arguments: [String]) -> Int32 {
    let status = Self.status(reportingTo: world.errors) {
      do {
        let ordered = try ArgumentOrder.arranged(arguments, under: CommandLineTool.self)
        switch try parsed(ordered) {
        case .command(let command): return try run(command)
        case .ended(let status): return status
        }
      } catch {
        world.remote?.record(error, in: world)
        throw error
      }
    }
    let flushed = Self.status(reportingTo: world.errors) {
      try world.output.flush()
      return 0
    }
    return status == 0 ? flushed : status
  }

  /// The exit status of `body`; a failure is put into words on standard error.
  static func status(reportingTo errors: Sink, _ body: () throws -> Int32) -> Int32 {
    do {
      return try body()
    } catch let ended as AlreadyTold {
      return ended.status
    } catch {
      let failure = error as? any Failure
      let message = failure?.description ?? "Something unforeseen happened: \(error)"
      try? errors.line("gatehouse: " + Printed.lines(message))
      return (failure?.exitCode ?? .unusable).rawValue
    }
  }

  private enum Parsed {
    case command(any ParsableCommand)
    case ended(Int32)
  }

  private func parsed(_ arguments: [String]) throws -> Parsed {
    do {
      return .command(try CommandLineTool.parseAsRoot(arguments))
    } catch {
      return .ended(try report(error))
    }
  }

  private func run(_ command: any ParsableCommand) throws -> Int32 {
    switch command {
    case let command as any DeskCommand:
      try requireOpen(command, isLocal: type(of: command).isLocal)
      let readOnly = command.onlyReads
      try command.run(at: Desk(command.global, in: world, readOnly: readOnly))
    case let command as any WorldCommand:
      try requireOpen(command, isLocal: type(of: command).isLocal)
      try command.run(in: world)
    default:
      // The parser's own `help`, or a noun without its verb.
      var command = command
      do { try command.run() } catch { return try report(error) }
    }
    return 0
  }

  /// Requires that a command may be run for whoever asks.
  private func requireOpen(_ command: some ParsableCommand, isLocal: Bool) throws(RemoteError) {
    guard world.remote != nil, isLocal else { return }
    throw .local(type(of: command)._commandName)
  }

  /// Shows the parser's help or complaint where it belongs.
  private func report(_ error: any Error) throws -> Int32 {
    let status = CommandLineTool.exitCode(for: error).rawValue
    let message = CommandLineTool.fullMessage(for: error)
    if status == 0 {
      try world.output.line(message)
    } else {
      try world.say(message)
    }
    return status
  }
}
