import TerminalKit

// The audit's integrity.
extension Guidance {
  static let integrity: SafeText =
    """
    Each row's hash is made anew from what it says and from the row before, and held against the \
    checkpoints beside the database.
    """
  static let checking: SafeText = "So far every row is as it was written."

  static func auditIsWhole(rows: Int, compared: Int) -> SafeText {
    let held: SafeText =
      compared == 0
      ? "There are no checkpoints to hold them against."
      : SafeText.count(compared) + " were held against their checkpoint."
    return "The audit is whole: " + .count(rows, "row") + ". " + held
  }
}
