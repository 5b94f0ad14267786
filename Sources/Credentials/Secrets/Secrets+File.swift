import Access

extension Secrets {
  /// Reads the secrets of a site.
  ///
  /// - Throws: ``SecretsError``, exit 78: the file is missing, is a symbolic link, belongs to
  ///   somebody else, is open to others, or its content is not what ``create(at:)`` writes.
  package static func load(from path: String) throws -> Secrets {
    try read(path) { bytes throws(ContentError) in try Secrets(text: bytes) }
  }

  /// The site that a file of secrets belongs to; if `isVerified`, the rest of it has to be whole, too.
  ///
  /// - Throws: the same as ``load(from:)``.
  package static func siteID(in path: String, isVerified: Bool = true) throws -> String {
    try read(path) { bytes throws(ContentError) in
      try siteID(of: bytes, isVerified: isVerified)
    }
  }

  private static func read<Value>(
    _ path: String, _ body: ([UInt8]) throws(ContentError) -> Value
  ) throws -> Value {
    let bytes = try PrivateFile(path).read()
    do {
      return try body(bytes)
    } catch {
      throw SecretsError.content(path, error.description)
    }
  }

  /// Writes the file of a new site, readable by its owner only; it is on the disk on return.
  ///
  /// - Throws: ``SecretsError/exists(_:)``, exit 73, where there is anything of that name.
  package func create(at path: String) throws {
    try PrivateFile(path).create(Array(text.utf8))
  }

  /// Puts these secrets in place of those in the file: after a crash it holds either, whole.
  package func replace(at path: String) throws {
    try PrivateFile(path).replace(with: Array(text.utf8))
  }

  /// Removes the file that ``create(at:)`` made, if it still is that of this site.
  package func discard(at path: String) {
    guard let found = try? Secrets.load(from: path), found.siteID == siteID else { return }
    PrivateFile(path).remove()
  }
}
