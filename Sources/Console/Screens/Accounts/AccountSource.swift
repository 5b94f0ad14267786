import Access
import TerminalKit

/// The accounts of the site.
struct AccountSource: ListSource {
  typealias Known = AccountDetails

  var usualSort: AccountSort { .login }

  func filter(_ text: String) -> AccountFilter { AccountFilter(parsing: text) }

  func question(_ request: PageRequest<AccountFilter, AccountSort>) -> Question {
    .accounts(request)
  }

  func page(in answer: Answer) -> Page<AccountRow>? {
    if case .accounts(let page) = answer { page } else { nil }
  }

  func name(of sort: AccountSort) -> SafeText {
    switch sort {
    case .login: "login"
    case .name: "name"
    }
  }

  func column(of sort: AccountSort) -> Int? {
    switch sort {
    case .login: 0
    case .name: 1
    }
  }
}

extension AccountRow {
  /// What it holds that works as long as it is active: `1 token, 2 legacy keys and a password`.
  var holdings: SafeText { [self].holdings }
}

extension [AccountRow] {
  /// What they hold together; empty where that is nothing.
  var holdings: SafeText {
    let tokens = reduce(0) { $0 + $1.liveTokens }
    let keys = reduce(0) { $0 + $1.liveKeys }
    let passwords = count(where: \.hasPassword)
    var parts: [SafeText] = []
    if tokens > 0 { parts.append(.count(tokens, "token")) }
    if keys > 0 { parts.append(.count(keys, "legacy key")) }
    if passwords > 0 { parts.append(.count(passwords, "password")) }
    guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
    return Array<SafeText>(parts.dropLast()).joined(by: ", ") + " and " + last
  }
}
