import Access
import Crypto
import Glibc
import Testing

@testable import Credentials

@Suite("The secrets file")
struct SecretsFileTests {
  let folder: Folder
  let path: String
  let secrets = Secrets.make(at: .sample)

  init() throws {
    folder = try Folder()
    path = folder.file("gatehouse.db.secrets")
  }

  @Test("gives back what was written")
  func roundTrip() throws {
    let rotated = try secrets.rotated(at: .sample)
    let all = try rotated.retired(
      kid: secrets.currentKeyID, at: .sample
    ).rotated(at: Instant.sample.advanced(bySeconds: 600))
    try all.create(at: path)

    let loaded = try Secrets.load(from: path)

    #expect(loaded.text == all.text)
    #expect(loaded.siteID == all.siteID)
    #expect(try Secrets.siteID(in: path) == all.siteID)
    #expect(loaded.jwks() == all.jwks())
    #expect(loaded.signingKeys.map(\.state) == [.current, .next, .retiring, .retired])
    #expect(loaded.digest(of: Secret([1])) == secrets.digest(of: Secret([1])))
    #expect(try loaded.mint(.sample()).kid == all.currentKeyID)
  }

  @Test("is never overwritten, nor is what a link points to")
  func exists() throws {
    try secrets.create(at: path)
    #expect(throws: SecretsError.exists(path)) { try Secrets.make(at: .sample).create(at: path) }
    #expect(try Secrets.load(from: path).siteID == secrets.siteID)
    #expect(SecretsError.exists(path).exitCode == .wouldOverwrite)

    let link = folder.file("link")
    try #require(symlink(folder.file("absent"), link) == 0)
    #expect(throws: SecretsError.exists(link)) { try secrets.create(at: link) }
    #expect(!folder.names.contains("absent"))
  }

  @Test("is replaced whole, and leaves nothing beside it, not even of an earlier crash")
  func replacement() throws {
    try secrets.create(at: path)
    try folder.write("half", to: "gatehouse.db.secrets.new")

    let rotated = try secrets.rotated(at: .sample)
    try rotated.replace(at: path)

    #expect(try Secrets.load(from: path).currentKeyID == rotated.currentKeyID)
    #expect(folder.names == ["gatehouse.db.secrets"])
  }

  @Test("is discarded only where it is of the same site")
  func discarding() throws {
    try secrets.create(at: path)
    Secrets.make(at: .sample).discard(at: path)
    #expect(folder.names == ["gatehouse.db.secrets"])
    secrets.discard(at: path)
    #expect(folder.names.isEmpty)
  }

  @Test("in a directory that is not there is reported, not made")
  func noDirectory() throws {
    let path = folder.file("absent/x.secrets")
    #expect(throws: SecretsError.unwritable(path, reason: "No such file or directory")) {
      try secrets.create(at: path)
    }
    #expect(throws: SecretsError.unwritable(path + ".new", reason: "No such file or directory")) {
      try secrets.replace(at: path)
    }
    #expect(folder.names.isEmpty)
  }

  @Test("that cannot be moved into its place leaves what is there")
  func unmovable() throws {
    let directory = folder.file("taken")
    try #require(mkdir(directory, 0o700) == 0)
    defer { rmdir(directory) }
    #expect(throws: SecretsError.unwritable(directory, reason: "Is a directory")) {
      try secrets.replace(at: directory)
    }
    #expect(folder.names == ["taken"])
  }
}

@Suite("A secrets file is refused")
struct SecretsFileRefusalTests {
  let folder: Folder
  let path: String
  let secrets = Secrets.make(at: .sample)

  init() throws {
    folder = try Folder()
    path = folder.file("gatehouse.db.secrets")
  }

  private func refusal() -> SecretsError? {
    #expect(throws: SecretsError.self) { try Secrets.load(from: path) }
  }

  @Test("where it is missing, with the advice to restore it (D03)")
  func missing() throws {
    let error = try #require(refusal())
    #expect(error == .missing(path))
    #expect(error.exitCode == .unusable)
    #expect(
      error.description
        == "The secrets file \(path) is missing; without it no token or key can be checked. "
        + "Restore it from a backup, together with the database.")
  }

  @Test(
    "where anybody but its owner may do anything with it (D03)",
    arguments: [0o644, 0o640, 0o604, 0o620, 0o602, 0o610, 0o601, 0o660] as [mode_t])
  func mode(_ mode: mode_t) throws {
    try folder.write(secrets.text, to: "gatehouse.db.secrets", mode: mode)
    let error = try #require(refusal())
    #expect(error == .openToOthers(path, mode: mode))
    #expect(error.exitCode == .unusable)
    #expect(error.description.contains("has the mode 0\(String(mode, radix: 8)), "))
    #expect(error.description.contains("`chmod 600`"))
  }

  @Test("where it is a symbolic link, even to a good one (D03)")
  func symbolicLink() throws {
    try secrets.create(at: folder.file("good"))
    try #require(symlink(folder.file("good"), path) == 0)
    let error = try #require(refusal())
    #expect(error == .symbolicLink(path))
    #expect(error.exitCode == .unusable)
  }

  @Test("where it belongs to somebody else (D03)")
  func foreignOwner() throws {
    // Only root can give a file away; anybody else has no lack of files that are root's.
    let isRoot = geteuid() == 0
    let path = isRoot ? path : "/etc/passwd"
    if isRoot {
      try secrets.create(at: path)
      try #require(chown(path, 65534, 65534) == 0)
    }
    let error = #expect(throws: SecretsError.self) { try Secrets.load(from: path) }
    #expect(error == .foreignOwner(path, owner: isRoot ? 65534 : 0, user: geteuid()))
    #expect(error?.exitCode == .unusable)
    #expect(error?.description.contains("`chown`") == true)
  }

  @Test("where it is a directory or a FIFO, without waiting for a writer (D03)")
  func notAFile() throws {
    try #require(mkfifo(path, 0o600) == 0)
    #expect(refusal() == .notAFile(path))
    #expect(throws: SecretsError.notAFile(folder.path)) { try Secrets.load(from: folder.path) }
  }

  @Test("where it is larger than any site's could be (D03)")
  func tooLarge() throws {
    try folder.write(String(repeating: " ", count: 1 << 20 + 1), to: "gatehouse.db.secrets")
    #expect(refusal() == .content(path, "It is larger than 1 MiB."))
  }

  @Test(
    "where its content is wrong, naming the path (D03)",
    arguments: [
      ("", "", "line 1, column 1: The text ends where a value should be."),
      ("\"format\": 1", "\"format\": 2", "2 is of a newer Gatehouse"),
      ("\"format\": 1", "\"format\": 0", "line 2, column 13: format: this is not 1."),
      ("\"format\": 1,", "", "the member “format” is missing"),
      ("\"pepper\"", "\"peper\"", "“peper” is no member of this; the members are format, siteID"),
      ("\"nextKey\"", "\"currentKey\"", "The member “currentKey” stands here twice."),
      ("\"private\"", "\"privat\"", "currentKey: “privat” is no member of this"),
      ("\"state\"", "\"States\"", "formerKeys[0]: “States” is no member of this"),
      ("retiring", "current", "formerKeys[0].state: this is neither “retiring” nor “retired”."),
      ("2026-11-23T", "yesterday", "currentKey.createdAt: a time as"),
      ("\"pepper\": \"", "\"pepper\": \"A", "pepper: 32 bytes in base64url should be here."),
      ("\"public\": \"", "\"public\": \"AA", "formerKeys[0].public: 64 bytes in base64url"),
      ("\"siteID\": \"", "\"siteID\": \"x", "check: it does not fit the rest"),
      ("2026-11-23T", "2025-11-23T", "check: it does not fit the rest"),
    ])
  func content(_ old: String, _ new: String, _ problem: String) throws {
    let text = try secrets.rotated(at: .sample).text
    let changed = old.isEmpty ? "" : replacingFirst(old, with: new, in: text)
    try #require(changed != text)
    try folder.write(changed, to: "gatehouse.db.secrets")

    let error = try #require(refusal())

    #expect(error.description.contains(problem))
    #expect(error.description.hasPrefix("The secrets file \(path) cannot be used: "))
    #expect(error.description.hasSuffix(" Restore it from a backup."))
    #expect(error.exitCode == .unusable)
  }

  @Test("where any one character of its keys was changed")
  func damage() throws {
    let text = Array(try secrets.rotated(at: .sample).text.utf8)
    for index in text.indices where Base64.decode("AAA" + String(UnicodeScalar(text[index]))) != nil
    {
      var damaged = text
      damaged[index] = text[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
      #expect(throws: ContentError.self) { try Secrets(text: damaged) }
      #expect(throws: ContentError.self) { try Secrets.siteID(of: damaged) }
    }
    for count in text.indices.dropLast() {
      #expect(throws: ContentError.self) { try Secrets(text: Array(text.prefix(count))) }
      #expect(throws: ContentError.self) { try Secrets.siteID(of: Array(text.prefix(count))) }
    }
  }

  @Test("with an error that quotes nothing of the content")
  func quiet() throws {
    let pepper = Base64.encode(secrets.pepper.withUnsafeBytes(Array.init))
    let text = replacingFirst("\"\(pepper)\"", with: "\"\(pepper)=\"", in: secrets.text)
    let error = try #require(throws: ContentError.self) { try Secrets(text: Array(text.utf8)) }
    #expect(!error.description.contains(pepper))
    for shown in ["\(secrets)", String(reflecting: secrets), "\(secrets.current)"] {
      #expect(shown.contains("<redacted>"))
    }
    var dumped = ""
    dump(secrets, to: &dumped)
    #expect(!dumped.contains(pepper))
    #expect(!dumped.contains("Key"))
  }

  private func replacingFirst(_ old: String, with new: String, in text: String) -> String {
    guard let range = text.firstRange(of: old) else { return text }
    return text.replacingCharacters(in: range, with: new)
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with new: String) -> String {
    self[..<range.lowerBound] + new + self[range.upperBound...]
  }
}
