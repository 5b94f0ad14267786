import Access
import TerminalKit

/// Tokens: somebody's own, or everyone's.
struct TokenSource: ListSource {
  /// Whose tokens; nil is everyone's.
  var account: Identifier<Account>?

  var usualSort: TokenSort { .end }

  func filter(_ text: String) -> TokenFilter { TokenFilter(parsing: text, account: account) }

  func question(_ request: PageRequest<TokenFilter, TokenSort>) -> Question { .tokens(request) }

  func page(in answer: Answer) -> Page<TokenRow>? {
    if case .tokens(let page) = answer { page } else { nil }
  }

  func totalQuestion(_ filter: TokenFilter) -> Question? { .tokenTotal(filter) }

  func total(in answer: Answer) -> Int? {
    if case .tokenTotal(let total) = answer { total } else { nil }
  }

  func name(of sort: TokenSort) -> SafeText {
    switch sort {
    case .end: "end"
    case .name: "name"
    case .lastUsed: "last use"
    }
  }

  func column(of sort: TokenSort) -> Int? {
    switch sort {
    case .name: 0
    case .end: 3
    case .lastUsed: 4
    }
  }

  /// Every JWT begins so, as its header is an object; no name is that long and without a blank.
  func isSecret(_ text: String) -> Bool {
    text.hasPrefix("eyJ") && text.utf8.count > 24 && !text.contains(" ")
  }

  /// Whether a secret may be a whole token: three parts, as long as real ones.
  static func isWhole(_ secret: String) -> Bool {
    secret.utf8.count > 100 && secret.filter { $0 == "." }.count == 2
  }

  /// Whether a text has the form of a token's id, as gateways pass it on in `X-Auth-Key-Id`.
  static func isID(_ text: String) -> Bool {
    text.utf8.count == 22
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}

extension TokenRow {
  /// Whether this is still what `other` was: the same token in the same standing.
  ///
  /// Its uses move on with every request, and time alone makes an active token an expiring one.
  func stands(as other: TokenRow) -> Bool {
    id == other.id && name == other.name && owner == other.owner && expiresAt == other.expiresAt
      && revocation == other.revocation
      && (state == other.state || state.isLive && other.state.isLive)
  }
}
