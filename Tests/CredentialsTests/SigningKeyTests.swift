import Access
import Crypto
import Testing

@testable import Credentials

@Suite("Signing keys")
struct SigningKeyTests {
  let secrets = Secrets.make(at: .sample)
  let later = Instant.sample.advanced(bySeconds: 600)

  private func states(_ secrets: Secrets) -> [SigningKeyRow.State] {
    secrets.signingKeys.map(\.state)
  }

  @Test("of a new site are one that signs and one that is next, both published")
  func new() {
    #expect(states(secrets) == [.current, .next])
    #expect(secrets.signingKeys.map(\.createdAt) == [.sample, .sample])
    #expect(published(secrets) == secrets.signingKeys.map(\.kid))
    #expect(Set(published(secrets)).count == 2)
  }

  @Test("rotate without a gap: the next signs, the old one stays published, a new one is")
  func rotation() throws {
    let rotated = try secrets.rotated(at: later)
    #expect(rotated.currentKeyID == secrets.next.kid)
    #expect(states(rotated) == [.current, .next, .retiring])
    #expect(rotated.signingKeys[2].kid == secrets.currentKeyID)
    #expect(rotated.next.createdAt == later)
    #expect(published(rotated).count == 3)
    #expect(try rotated.mint(.sample()).kid == secrets.next.kid)
    #expect(rotated.siteID == secrets.siteID)
    #expect(rotated.digest(of: Secret([7])) == secrets.digest(of: Secret([7])))
  }

  @Test("rotate again only when gateways have had ten minutes to fetch the next")
  func tooSoon() throws {
    let rotated = try secrets.rotated(at: later)
    let end = later.advanced(bySeconds: 600)
    #expect(throws: SecretsError.rotatedTooSoon(kid: rotated.next.kid, until: end)) {
      try rotated.rotated(at: Instant(milliseconds: end.milliseconds - 1))
    }
    #expect(try rotated.rotated(at: end).currentKeyID == rotated.next.kid)
    #expect(
      SecretsError.rotatedTooSoon(kid: "k", until: end).description
        == "The next signing key k is too new: gateways may not know it yet. Rotate after "
        + "2026-11-23T14:51:00.250Z, or retire the current key if it has leaked.")
  }

  @Test("hand over at once where the current one is retired")
  func retiringCurrent() throws {
    let retired = try secrets.retired(kid: secrets.currentKeyID, at: .sample)
    #expect(retired.currentKeyID == secrets.next.kid)
    #expect(states(retired) == [.current, .next, .retired])
    #expect(!published(retired).contains(secrets.currentKeyID))
    #expect(published(retired).count == 2)
  }

  @Test("get another next where the next one is retired")
  func retiringNext() throws {
    let retired = try secrets.retired(kid: secrets.next.kid, at: later)
    #expect(retired.currentKeyID == secrets.currentKeyID)
    #expect(retired.next.kid != secrets.next.kid)
    #expect(states(retired) == [.current, .next, .retired])
    #expect(!published(retired).contains(secrets.next.kid))
    #expect(throws: SecretsError.self) { try retired.rotated(at: later) }
  }

  @Test("are no longer published once a retiring one is retired")
  func retiringFormer() throws {
    let retired = try secrets.rotated(at: later).retired(kid: secrets.currentKeyID, at: later)
    #expect(states(retired) == [.current, .next, .retired])
    #expect(!published(retired).contains(secrets.currentKeyID))
  }

  @Test("are not retired twice, nor where there is none of that name")
  func refusals() throws {
    let retired = try secrets.retired(kid: secrets.currentKeyID, at: .sample)
    #expect(throws: SecretsError.keyIsRetired(secrets.currentKeyID)) {
      try retired.retired(kid: secrets.currentKeyID, at: .sample)
    }
    for kid in ["", "x", secrets.currentKeyID.uppercased() + "0", "../../etc/passwd"] {
      #expect(throws: SecretsError.unknownKey(kid)) { try secrets.retired(kid: kid, at: .sample) }
    }
    #expect(SecretsError.unknownKey("x").exitCode == .refused)
  }

  @Test("keep no private half of what signs no more")
  func forgetting() throws {
    let rotated = try secrets.rotated(at: later)
    let scalar = Base64.encode(secrets.current.privateKey.rawRepresentation)
    #expect(secrets.text.contains(scalar))
    #expect(!rotated.text.contains(scalar))
  }

  @Test("are published as RFC 7517 says, without anything private")
  func jwks() throws {
    let json = secrets.jwks()
    guard case .array(let keys) = json["keys"], case .object(let members) = keys.first else {
      Issue.record("no keys in \(json.compact)")
      return
    }
    #expect(members.map(\.name) == ["kty", "crv", "x", "y", "kid", "alg", "use"])
    let key = JSONValue.object(members)
    #expect(key["kty"] == "EC")
    #expect(key["crv"] == "P-256")
    #expect(key["alg"] == "ES256")
    #expect(key["use"] == "sig")
    #expect(key["kid"] == .string(secrets.currentKeyID))
    for name in ["x", "y"] {
      guard case .string(let text) = key[name] else {
        Issue.record("no \(name)")
        return
      }
      #expect(Base64.decode(text)?.count == 32)
    }
  }

  @Test("are named by 12 hexadecimal digits of their thumbprint")
  func kid() {
    for _ in 0..<50 {
      let kid = Secrets.make(at: .sample).currentKeyID
      #expect(kid.count == 12)
      #expect(kid.allSatisfy { $0.isHexDigit && !$0.isUppercase })
    }
  }

  private func published(_ secrets: Secrets) -> [String] {
    guard case .array(let keys) = secrets.jwks()["keys"] else { return [] }
    return keys.compactMap { if case .string(let kid) = $0["kid"] { kid } else { nil } }
  }
}
