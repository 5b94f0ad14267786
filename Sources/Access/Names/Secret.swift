/// Bytes that must never be shown: a password, a legacy key, a token's value.
package struct Secret: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
  package let bytes: [UInt8]

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package init(_ bytes: some Sequence<UInt8>) {
    self.bytes = Array(bytes)
  }

  package var description: String { "<redacted>" }

  package var customMirror: Mirror { Mirror(self, children: []) }
}
