import Access
import Foundation
import Testing

@testable import Credentials

@Suite("A minted token, to software that is not ours,")
struct VerifierTests {
  @Test("verifies by the published keys, and no tampered one does (PyJWT and joserfc)")
  func verify() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let python = root.appending(path: ".venv/bin/python")
    try #require(
      FileManager.default.isExecutableFile(atPath: python.path),
      "There is no \(python.path). `make test` makes it.")
    let folder = try Folder()
    let secrets = Secrets.make(at: .sample)
    let rotated = try secrets.rotated(at: .sample)
    // Now is not for the tests to know, and these libraries ask the clock: from 2001, for ever.
    let claims = TokenClaims(
      issuer: "https://gate.example", audience: "api", subject: "mira", clientID: "Übersicht „x“",
      jti: RandomID.make(), issuedAt: Instant(seconds: 1_000_000_000),
      notBefore: Instant(seconds: 1_000_000_000), expiresAt: nil, scope: .read,
      roles: ["Operator", "Büro"])
    let old = try secrets.mint(claims)
    let new = try rotated.mint(claims)
    let foreign = try Secrets.make(at: .sample).mint(claims)
    let tampered = Self.tampered(new) + [foreign.text]
    try folder.write(rotated.jwks().pretty, to: "jwks.json")
    try folder.write("\(old.text)\n\(new.text)\n", to: "good.txt")
    try folder.write(tampered.joined(separator: "\n"), to: "bad.txt")

    let script = root.appending(path: "Tests/CredentialsTests/verify.py").path
    let said = try Self.run(
      python, [script, folder.path, "https://gate.example", "api"])

    #expect(
      said == """
        pyjwt 2 \(tampered.count) mira 253402300799
        joserfc 2 \(tampered.count) mira 253402300799

        """)
  }

  /// The token with one bit of each byte of header, payload and signature flipped, one at a time.
  private static func tampered(_ token: MintedToken) -> [String] {
    let pieces = token.text.split(separator: ".").map { Base64.decode($0) ?? [] }
    return pieces.indices.flatMap { piece in
      pieces[piece].indices.map { index in
        var changed = pieces
        changed[piece][index] ^= 1 << (index % 8)
        return changed.map { Base64.encode($0) }.joined(separator: ".")
      }
    }
  }

  /// What the program prints, its errors included, and its status where that is not 0.
  private static func run(_ program: URL, _ arguments: [String]) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = program
    process.arguments = arguments
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let said = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let status = process.terminationStatus
    return String(decoding: said, as: UTF8.self) + (status == 0 ? "" : "status \(status)")
  }
}
