import TerminalKit

extension Guidance {
  static func nothingRefused(isDay: Bool) -> SafeText {
    isDay
      ? "Nothing was refused in the last 24 hours. gatehouse usage shows what was allowed."
      : "Nothing was refused in the last hour. d shows the last 24 hours."
  }

  static let trial: SafeText =
    "It is judged as the gate would judge it now, and counted as an attempt. Nothing of what is presented is shown or kept."
}
