/// The typed settings of a site.
package struct SystemProperties: Hashable, Sendable {
  /// A console left idle this long logs out; nil is never.
  package var consoleIdleTimeout: FiniteLifetime? = .minutes(15)
  /// Legacy keys are served by the token system during migration.
  package var emulateLegacyAPIKey = false
  /// Legacy API keys are native.
  package var enableLegacyAPIKey = true
  /// A token this close to its end is "expiring".
  package var expiryNotice = FiniteLifetime.days(14)
  /// The request header in which legacy keys arrive, in lower case.
  package var legacyKeyHeader = "rest-api-key"
  /// Shown in the header.
  package var siteName = "Gatehouse"
  /// A credential unused this long is stale.
  package var staleAfter = FiniteLifetime.days(90)
  /// `aud` of tokens minted from now on.
  package var tokenAudience = "api"
  /// `iss` of tokens minted from now on; an http or https URL.
  package var tokenIssuer = "http://localhost:8484"
  /// How far back impact figures look.
  package var usageWindow = FiniteLifetime.days(30)

  package init() {}
}

/// The name of one system property, as the old platform spelled it.
package enum PropertyKey: String, CaseIterable, Sendable {
  // Alphabetical: the order in which they are listed.
  case consoleIdleTimeout = "ConsoleIdleTimeout"
  case emulateLegacyAPIKey = "EmulateLegacyAPIKey"
  case enableLegacyAPIKey = "EnableLegacyAPIKey"
  case expiryNotice = "ExpiryNotice"
  case legacyKeyHeader = "LegacyKeyHeader"
  case siteName = "SiteName"
  case staleAfter = "StaleAfter"
  case tokenAudience = "TokenAudience"
  case tokenIssuer = "TokenIssuer"
  case usageWindow = "UsageWindow"

  /// Finds a key by its name, whatever its case.
  package init(parsing text: String) throws(PropertyError) {
    let folded = text.lowercased()
    guard let key = Self.allCases.first(where: { $0.rawValue.lowercased() == folded }) else {
      throw .unknown(text)
    }
    self = key
  }

  package enum Kind: String, Sendable { case bool, lifetime, headerName = "header name", text, url }

  package var kind: Kind {
    switch self {
    case .emulateLegacyAPIKey, .enableLegacyAPIKey: .bool
    case .consoleIdleTimeout, .expiryNotice, .staleAfter, .usageWindow: .lifetime
    case .legacyKeyHeader: .headerName
    case .siteName, .tokenAudience: .text
    case .tokenIssuer: .url
    }
  }

  package var summary: String {
    switch self {
    case .consoleIdleTimeout: "a console left idle this long logs out; 0 is never"
    case .emulateLegacyAPIKey: "legacy keys are served by the token system during migration"
    case .enableLegacyAPIKey: "legacy API keys are native"
    case .expiryNotice: "a token this close to its end is “expiring”"
    case .legacyKeyHeader: "the request header in which legacy keys arrive"
    case .siteName: "shown in the header of every screen"
    case .staleAfter: "a credential unused this long is stale"
    case .tokenAudience: "aud of tokens minted from now on; minted ones stay valid"
    case .tokenIssuer: "iss of tokens minted from now on; minted ones stay valid"
    case .usageWindow: "how far back impact figures look"
    }
  }

  /// The value a new site starts with, as text.
  package var defaultText: String { SystemProperties()[self] }
}

extension SystemProperties {
  /// The value of `key` as it is shown and typed.
  package subscript(key: PropertyKey) -> String {
    switch key {
    case .consoleIdleTimeout: consoleIdleTimeout?.description ?? "0"
    case .emulateLegacyAPIKey: String(emulateLegacyAPIKey)
    case .enableLegacyAPIKey: String(enableLegacyAPIKey)
    case .expiryNotice: expiryNotice.description
    case .legacyKeyHeader: legacyKeyHeader
    case .siteName: siteName
    case .staleAfter: staleAfter.description
    case .tokenAudience: tokenAudience
    case .tokenIssuer: tokenIssuer
    case .usageWindow: usageWindow.description
    }
  }

  /// Sets `key` from typed text.
  ///
  /// - Throws: ``PropertyError`` naming the key and what would be right; nothing is changed then.
  package mutating func set(_ key: PropertyKey, to text: String) throws(PropertyError) {
    switch key {
    case .consoleIdleTimeout:
      consoleIdleTimeout = text == "0" ? nil : try key.lifetime(text, atMost: .days(1))
    case .emulateLegacyAPIKey: emulateLegacyAPIKey = try key.bool(text)
    case .enableLegacyAPIKey: enableLegacyAPIKey = try key.bool(text)
    case .expiryNotice: expiryNotice = try key.lifetime(text)
    case .legacyKeyHeader: legacyKeyHeader = try key.headerName(text)
    case .siteName: siteName = try key.text(text)
    case .staleAfter: staleAfter = try key.lifetime(text)
    case .tokenAudience: tokenAudience = try key.text(text)
    case .tokenIssuer: tokenIssuer = try key.url(text)
    case .usageWindow: usageWindow = try key.lifetime(text)
    }
  }
}

extension PropertyKey {
  fileprivate func bool(_ text: String) throws(PropertyError) -> Bool {
    switch text.lowercased() {
    case "true": return true
    case "false": return false
    default: throw .notABool(self, text)
    }
  }

  fileprivate func lifetime(
    _ text: String, atMost limit: FiniteLifetime = .longest
  ) throws(PropertyError) -> FiniteLifetime {
    do {
      let lifetime = try FiniteLifetime(parsing: text)
      guard lifetime <= limit else { throw PropertyError.tooLong(self, text, limit: limit) }
      return lifetime
    } catch let error as LifetimeError {
      throw .lifetime(self, error)
    } catch let error as PropertyError {
      throw error
    } catch {
      throw .notText(self, text)
    }
  }

  fileprivate func text(_ text: String) throws(PropertyError) -> String {
    do { return try VisibleName.name(text, what: rawValue) } catch { throw .name(self, error) }
  }

  /// A field name of RFC 9110 §5.6.2, folded to lower case, that no gateway or browser owns.
  fileprivate func headerName(_ text: String) throws(PropertyError) -> String {
    let folded = text.lowercased()
    let isToken =
      !folded.isEmpty && folded.utf8.count <= 64
      && folded.utf8.allSatisfy { byte in
        (48...57).contains(byte) || (97...122).contains(byte)
          || "!#$%&'*+-.^_`|~".utf8.contains(byte)
      }
    let isTaken =
      [
        "authorization", "cookie", "host", "connection", "content-length", "transfer-encoding",
        "proxy-authorization", "te", "upgrade", "via", "forwarded",
      ].contains(folded) || folded.hasPrefix("x-forwarded-") || folded.hasPrefix("x-auth-")
      || folded.hasPrefix("x-original-")
    guard isToken, !isTaken else { throw .notAHeader(self, text) }
    return folded
  }

  /// An absolute http or https URL without query or fragment (RFC 8414 §2), printable ASCII.
  fileprivate func url(_ text: String) throws(PropertyError) -> String {
    let scheme = ["https://", "http://"].first(where: text.hasPrefix)
    guard let scheme, text.utf8.count <= 200, text.utf8.count > scheme.utf8.count,
      text.utf8.allSatisfy({ $0 > 32 && $0 < 127 }),
      !text.contains(where: { "?#\"\\<>@".contains($0) }),
      !text.dropFirst(scheme.count).hasPrefix("/")
    else { throw .notAURL(self, text) }
    return text
  }
}

/// Why a property is refused.
package enum PropertyError: Failure, Equatable {
  case unknown(String)
  case notABool(PropertyKey, String)
  case notAHeader(PropertyKey, String)
  case notAURL(PropertyKey, String)
  case notText(PropertyKey, String)
  case tooLong(PropertyKey, String, limit: FiniteLifetime)
  case lifetime(PropertyKey, LifetimeError)
  case name(PropertyKey, NameError)

  package var description: String {
    switch self {
    case .unknown(let text):
      "There is no property “\(Visible.text(text))”. `gatehouse property list` shows them all."
    case .notABool(let key, let text):
      "\(key.rawValue): “\(Visible.text(text))” is neither true nor false."
    case .notAHeader(let key, let text):
      "\(key.rawValue): “\(Visible.text(text))” cannot carry a key. Use a header name of your own, like rest-api-key."
    case .notAURL(let key, let text):
      "\(key.rawValue): “\(Visible.text(text))” is not a site's URL. Write it like https://api.example.org."
    case .notText(let key, let text):
      "\(key.rawValue): “\(Visible.text(text))” cannot be read."
    case .tooLong(let key, let text, let limit):
      "\(key.rawValue): “\(Visible.text(text))” is longer than \(limit)."
    case .lifetime(let key, let error): "\(key.rawValue): \(error)"
    case .name(let key, let error): "\(key.rawValue): \(error)"
    }
  }
}
