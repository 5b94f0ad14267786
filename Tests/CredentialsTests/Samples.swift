import Access
import Glibc

@testable import Credentials

extension Instant {
  /// The moment 2026-11-23T14:31:00.250Z.
  static let sample = Instant(milliseconds: 1_795_444_260_250)
}

extension TokenClaims {
  static func sample(
    subject: String = "mira", clientID: String = "nightly export", expiresAt: Instant? = nil,
    scope: TokenScope = .readWrite, roles: [String] = ["Operator"]
  ) -> TokenClaims {
    TokenClaims(
      issuer: "https://gate.example", audience: "api", subject: subject, clientID: clientID,
      jti: "0123456789abcdefABCDEF", issuedAt: .sample, notBefore: .sample, expiresAt: expiresAt,
      scope: scope, roles: roles)
  }
}

extension MintedToken {
  var text: String { String(decoding: value.bytes, as: UTF8.self) }

  /// Header and payload.
  func parts() throws -> (header: JSONValue, payload: JSONValue) {
    let parts = text.split(separator: ".").map { Base64.decode($0) ?? [] }
    return (try JSONParser.parse(parts[0]).value, try JSONParser.parse(parts[1]).value)
  }
}

/// A folder that is gone with the test.
final class Folder {
  let path: String

  init() throws {
    var template = Array("/tmp/credentials-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw FolderError(code: errno) }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit {
    for name in names { unlink(path + "/" + name) }
    rmdir(path)
  }

  func file(_ name: String) -> String { path + "/" + name }

  func write(_ text: String, to name: String, mode: mode_t = 0o600) throws {
    let file = open(path + "/" + name, O_WRONLY | O_CREAT | O_TRUNC, mode)
    guard file >= 0 else { throw FolderError(code: errno) }
    defer { close(file) }
    let bytes = Array(text.utf8)
    guard Glibc.write(file, bytes, bytes.count) == bytes.count, fchmod(file, mode) == 0 else {
      throw FolderError(code: errno)
    }
  }

  func read(_ name: String) throws -> String {
    String(decoding: try PrivateFile(file(name)).read(), as: UTF8.self)
  }

  var names: [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}

struct FolderError: Error {
  let code: Int32
}
