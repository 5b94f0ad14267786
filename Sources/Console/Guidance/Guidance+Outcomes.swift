package import Access
import TerminalKit

// What is said once a change was made.
extension Guidance {
  package static func done(_ change: Change, _ outcome: Outcome, now: Instant) -> String {
    switch outcome {
    case .revision(let number, let lapsesAt, _):
      return revised(change, number, lapsesAt: lapsesAt, now: now)
    case .confirmed(let number): return "Revision \(number) is kept."
    case .cancelled(let number):
      return "Revision \(number) is cancelled. What was in force before it is again."
    case .account(let login): return account(change, login)
    case .sshKey(let key): return "\(key.owner) may come in over SSH with this key."
    case .changed(let count): return changed(change, count)
    case .token(let issued):
      if case .rotateToken = change { return "\(issued.row.name) has a successor." }
      return "Token \(issued.row.name) is made."
    case .imported(let report): return imported(change, report)
    case .signingKey(let kid): return signingKey(change, kid)
    case .client(let issued): return "Client \(issued.client.name) is added."
    case .observing(let observation?):
      return "\(observation.level.name) is observed; answers stay what they are."
    case .observing(nil): return "No level is observed any more."
    case .brownout(let brownout) where brownout.abortedAt != nil:
      return "Aborted: it refuses nobody from the next request on."
    case .brownout: return "The brownout is planned. It can be aborted at any time."
    case .cutOver(let cutOver?): return "Callers of legacy methods are told of \(cutOver.date)."
    case .cutOver(nil): return "The announcement is taken back."
    }
  }

  private static func revised(
    _ change: Change, _ number: Int, lapsesAt: Instant?, now: Instant
  ) -> String {
    guard case .revise(let policyChange, let commitment) = change else {
      return "Revision \(number) is saved."
    }
    let subject = subject(of: policyChange)
    guard let lapsesAt else {
      return "\(subject), with revision \(number). 3, then u undoes it."
    }
    let span = commitment.within?.description ?? lapsesAt.countdown(now).string
    return "\(subject) for \(span). + keeps it, or takes it back now."
  }

  private static func subject(of change: PolicyChange) -> String {
    switch change {
    case .property(let key, let text): "\(key.rawValue) is \(text)"
    case .enableBearer(let level): "Bearer support is on, level \(level.name)"
    case .level(let level): "Level is \(level.name)"
    case .passwordsAtHigh(.registered): "Passwords at High are those of listed integrations"
    case .passwordsAtHigh(.all): "Passwords at High are everyone's"
    case .expiration: "The expiration policy is changed"
    case .roles: "Roles are changed"
    case .rollback(let number, let policy, let levelOnly):
      levelOnly ? "Level is back to \(policy.level.name)" : "Revision \(number) is back"
    case .document: "The policy is as in the document"
    }
  }

  private static func account(_ change: Change, _ login: Login) -> String {
    switch change {
    case .addAccount: "\(login) is added."
    case .setPassword(_, nil): "The password of \(login) is removed."
    case .setPassword: "The password of \(login) is set."
    case .removeSSHKey: "The SSH key of \(login) is removed; whoever came in with it is out."
    case .addIntegration: "\(login) is an essential integration."
    case .removeIntegration: "\(login) is no longer an essential integration."
    default: "\(login) is changed."
    }
  }

  private static func changed(_ change: Change, _ count: Int) -> String {
    let accounts = SafeText.count(count, "account")
    let tokens = SafeText.count(count, "token")
    let keys = SafeText.count(count, "legacy key")
    return switch change {
    case .deactivate: "\(accounts) deactivated, from the next request on."
    case .reactivate: "\(accounts) active again."
    case .revokeTokens: "\(tokens) revoked, from the next request on."
    case .wakeTokens: "\(tokens) awake again."
    case .disableKeys: "\(keys) switched off. They can be switched on again."
    case .enableKeys: "\(keys) switched on."
    case .retireKeys: "\(keys) retired for good."
    case .removeIntegration(let login): "\(login) is no longer an essential integration."
    case .registerIntegrations:
      SafeText.count(count, "essential integration").string + " registered."
    case .review: "\(SafeText.count(count, "warning")) reviewed."
    case .linkKey(_, nil): "No token takes its place."
    case .linkKey: "The token takes its place."
    default: SafeText.count(count, "change", "changes").string + " made."
    }
  }

  private static func imported(_ change: Change, _ report: ImportReport) -> String {
    var text = "\(SafeText.count(report.imported, "row")) imported."
    if report.createdOwners > 0 {
      text += " \(SafeText.count(report.createdOwners, "owner")) added."
    }
    if report.ownersWithoutAPI > 0 {
      text += " \(SafeText.count(report.ownersWithoutAPI, "owner")) may not use the API yet."
    }
    return text
  }

  private static func signingKey(_ change: Change, _ kid: String) -> String {
    if case .retireSigningKey = change { return "Signing key \(kid) is retired." }
    return "Signing key \(kid) signs from now on."
  }
}
