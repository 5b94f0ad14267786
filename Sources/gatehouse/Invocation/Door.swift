import Access
import Administration

/// What the command line needs of ``Administration``.
///
/// A protocol only so that commands can be tested by the changes and questions they make.
protocol Door {
  func actor(login: String?, osUser: String, through: Actor.Through, source: String) throws -> Actor
  func actor(
    sshKey id: Identifier<SSHKey>, through: Actor.Through, source: String
  ) throws -> Actor
  func authorizedKey(
    type: String, encoded: String
  ) throws -> (id: Identifier<SSHKey>, line: String)?
  func recordRefused(_ what: String, by actor: Actor) throws
  func session(for actor: Actor) throws -> Session
  func answer(_ question: Question, for actor: Actor) throws -> Answer
  func plan(_ change: PolicyChange, for actor: Actor) throws -> Plan
  func perform(
    _ change: Change, by actor: Actor, progress: (@Sendable (_ done: Int, _ of: Int) -> Void)?
  ) throws -> Outcome
  func explain(
    credential id: String, request: RequestFacts, for actor: Actor
  ) throws -> Explanation
  func explain(
    _ read: (_ legacyKeyHeader: String) throws -> Attempt, for actor: Actor
  ) throws -> Explanation
  func publicKeys() throws -> JSONValue
  func backup(to directory: String, by actor: Actor) throws
  func acceptClock(by actor: Actor) throws -> Bool
}

extension Administration: Door {}
