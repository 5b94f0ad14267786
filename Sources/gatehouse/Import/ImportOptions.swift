import Access
import ArgumentParser

/// Which columns of a file mean what.
struct ImportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("A column's other name: user=login; repeat it.", valueName: "column=field"))
  var map: [String] = []

  /// Fields by the names the file has for them.
  func mapping() throws(OptionError) -> [String: String] {
    var mapping: [String: String] = [:]
    for pair in map {
      guard let sign = pair.lastIndex(of: "="), sign != pair.startIndex else {
        throw .pair(option: "--map", pair, example: "--map user=login")
      }
      mapping[String(pair[..<sign])] = String(pair[pair.index(after: sign)...])
    }
    return mapping
  }
}
