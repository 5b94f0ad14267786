import Access
import Administration

/// An open database with somebody in front of it: what a command works at.
struct Desk {
  let world: World
  let door: any Door
  let actor: Actor
  let isJSON: Bool

  /// Opens the database and finds out who asks.
  init(_ options: GlobalOptions, in world: World, readOnly: Bool) throws {
    self.world = world
    isJSON = options.json
    if let remote = world.remote {
      try remote.require(noneOf: options)
      door = try world.doors.open(remote.location.path, readOnly)
      actor = try remote.actor(at: door, through: .command)
      return
    }
    door = try world.doors.open(options.location(in: world).path, readOnly)
    actor = try door.actor(
      login: options.account, osUser: world.userName, through: .command,
      source: ProcessEnvironment.source(world.environment, user: world.userName))
  }

  func session() throws -> Session { try door.session(for: actor) }

  /// The policy in force, for somebody who may see how the site is set up.
  ///
  /// - Throws: ``AccountError/notPermitted(_:_:contact:)`` without *Manage settings*.
  func settings() throws -> Policy {
    let session = try session()
    guard session.permissions.contains(.manageSettings) else {
      throw AccountError.notPermitted(
        session.account.login, .manageSettings, contact: session.contact.name)
    }
    return session.policy
  }

  func ask(_ question: Question) throws -> Answer { try door.answer(question, for: actor) }

  /// Performs a change, showing its progress where somebody watches.
  func perform(_ change: Change) throws -> Outcome {
    let bar = world.progress
    defer { bar?.end() }
    guard let bar else { return try door.perform(change, by: actor, progress: nil) }
    return try door.perform(change, by: actor) { done, total in bar.show(done, of: total) }
  }
}

/// An answer to another question than was asked.
struct UnexpectedAnswer: Failure {
  let asked: String

  var description: String {
    "Gatehouse answered something else than it was asked (\(asked)). This is a mistake in the program."
  }

  var exitCode: ExitCode { .unusable }
}
