import Access
import Glibc

/// The arguments this process was started with, as text.
enum ProcessArguments {
  /// All arguments behind the program's own name.
  ///
  /// - Throws: ``ArgumentError/invalidText(position:bytes:)`` where one is not UTF-8: repairing it,
  ///   as the standard library does, would act on another name than the one that was given.
  static func read() throws(ArgumentError) -> [String] {
    let all = UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc))
    return try decode(
      all.dropFirst().compactMap { pointer in
        pointer.map { UnsafeRawBufferPointer(start: $0, count: strlen($0)).map { $0 } }
      })
  }

  static func decode(_ arguments: [[UInt8]]) throws(ArgumentError) -> [String] {
    var texts: [String] = []
    for (index, bytes) in arguments.enumerated() {
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw .invalidText(position: index + 1, bytes: bytes)
      }
      texts.append(text)
    }
    return texts
  }
}
