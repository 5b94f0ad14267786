import Access
import TerminalKit

// What the time brings: the session read again, messages that go, and the end of an idle console.
extension ConsoleState {
  /// However busy somebody is, they log in anew after this long.
  static let longestSession = FiniteLifetime.hours(12)

  /// How long before an end it is told.
  private static let warning = Duration.seconds(60)

  /// A tick is due once a second; a little early counts too.
  private static let sessionAge = Duration.milliseconds(900)

  mutating func tick(_ moment: Moment) -> [Effect] {
    now = moment
    if let message, !message.isVisible(at: now.uptime) { self.message = nil }
    if let limit = session.policy.properties.consoleIdleTimeout {
      let left = Duration.seconds(limit.seconds) - (now.uptime - lastKeyAt)
      if left <= .zero { return [.quit(.idle(limit))] }
      if left <= min(Self.warning, .seconds(limit.seconds) / 2), warnedSince != lastKeyAt {
        warnedSince = lastKeyAt
        return say(.error, Guidance.idleSoon(left)) + lookAgain()
      }
    }
    let left = Duration.seconds(Self.longestSession.seconds) - (now.uptime - openedAt)
    if left <= .zero { return [.quit(.tooLong(Self.longestSession))] }
    if left <= Self.warning, warnedSince != openedAt {
      warnedSince = openedAt
      return say(.error, Guidance.longSoon(left)) + lookAgain()
    }
    return lookAgain()
  }

  /// Reads the session, unless that was done a moment ago or is still being done.
  private mutating func lookAgain() -> [Effect] {
    guard awaited[AwaitedSlot(owner: .shell, slot: "session")] == nil,
      askedSessionAt.map({ now.uptime - $0 >= Self.sessionAge }) ?? true
    else { return [] }
    return readSession(.now)
  }

  /// Once a second at once, on the thread that is awake anyway; with `.later` another one would wake.
  mutating func readSession(_ urgency: Effect.Urgency = .later) -> [Effect] {
    askedSessionAt = now.uptime
    return [.ask(.session, tag(.shell, "session"), urgency)]
  }
}
