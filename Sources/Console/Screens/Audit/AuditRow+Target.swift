import Access

extension AuditRow {
  /// The revision it is about; nil for a row that is not about the policy.
  var revision: Int? {
    let lead = "revision "
    return target.hasPrefix(lead) ? Int(target.dropFirst(lead.count)) : nil
  }

  /// The target without the id that stands before a name: `token ci-deploy of alice`.
  var briefTarget: String {
    for kind in ["token ", "legacy key "] where target.hasPrefix(kind) {
      let parts = target.dropFirst(kind.count).split(separator: " ", maxSplits: 1)
      guard let name = parts.last, parts.count == 2, parts.first?.utf8.count == 22 else { break }
      return kind + name
    }
    return target
  }

  /// Whether it took a revision back, so that undoing it brings that one again.
  var tookBack: Bool { action == "revision.cancel" || action == "revision.lapse" }
}
