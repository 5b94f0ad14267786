import Access

/// What is typed in the editor of the expiration policy, and what it comes to.
struct ExpirationDraft: Sendable {
  var offered: String
  var defaultLifetime: String
  var maximum: String
  var allowsUnlimited: Bool
  /// Empty or `none` for no limit.
  var idle: String
  /// By role, in the policy's order; empty where the general maximum holds.
  var roles: [(role: Role, maximum: String)]

  /// The policy, or what is wrong, with the field named.
  func policy() -> Result<ExpirationPolicy, FailureText> {
    do throws(FailureText) {
      let offered = try Self.list(offered, field: "Offered")
      var policy = ExpirationPolicy(
        offered: offered, default: try Self.span(defaultLifetime, field: "Default"),
        maximum: try Self.span(maximum, field: "Maximum"), allowsUnlimited: allowsUnlimited)
      let idle = idle.trimmed
      if !idle.isEmpty, idle != "none" {
        policy.idleLimit = try Self.span(idle, field: "Sleep after")
      }
      for (role, text) in roles where !text.trimmed.isEmpty {
        let limit = try Self.span(text, field: "Maximum of \(role.name)")
        guard limit <= policy.maximum else {
          throw FailureText(
            "Maximum of \(role.name): \(limit) is longer than the general maximum of "
              + "\(policy.maximum). Shorten it, or leave it empty.")
        }
        policy.roleMaxima[role.id] = limit
      }
      do { try policy.validate() } catch { throw FailureText(error) }
      return .success(policy)
    } catch {
      return .failure(error)
    }
  }

  private static func list(
    _ text: String, field: String
  ) throws(FailureText) -> [FiniteLifetime] {
    var lifetimes: [FiniteLifetime] = []
    for word in text.split(whereSeparator: { $0 == "," || $0 == " " }) {
      lifetimes.append(try span(String(word), field: field))
    }
    return lifetimes
  }

  private static func span(_ text: String, field: String) throws(FailureText) -> FiniteLifetime {
    let text = text.trimmed
    if text == "unlimited" {
      throw FailureText("\(field): unlimited has a tick of its own. Write a span like 90d here.")
    }
    do { return try FiniteLifetime(parsing: text) } catch {
      throw FailureText("\(field): \(error)")
    }
  }
}

extension String {
  /// Without blanks at its ends.
  var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
