/// What a request is for.
enum Route: Equatable {
  case auth(ForwardConvention)
  case page(Page)
  case unknown

  enum Page: String, CaseIterable {
    case introspection = "/oauth2/introspect"
    case revocation = "/oauth2/revoke"
    case metadata = "/.well-known/oauth-authorization-server"
    case keys = "/.well-known/jwks.json"
    case revokedTokens = "/revoked.txt"
    case health = "/healthz"
    case readiness = "/readyz"
    case metrics = "/metrics"
    case help = "/help"

    /// Whether it takes a form by POST; the others are read by GET and HEAD.
    var takesForm: Bool { self == .introspection || self == .revocation }
  }

  /// Looks at the target as it was sent: nothing is decoded, so that no other spelling leads here.
  init(target: String) {
    let path = String(Substring(target.utf8.prefix { $0 != UInt8(ascii: "?") }))
    if path == "/auth" {
      self = .auth(.headers)
    } else if path.hasPrefix("/auth/") {
      self = .auth(.target(path: String(target.dropFirst("/auth".count))))
    } else {
      self = Page(rawValue: path).map(Route.page) ?? .unknown
    }
  }
}
