import GRDB
import Synchronization

/// How words are found in two columns of a table, by the index that has the fewest to look at.
///
/// Letters match in either case.
///
/// One or two characters are the beginning of a column, found by its own index; from three on they
/// may stand anywhere, found by the trigram index, which answers nothing shorter.
struct Find {
  let snapshot: Snapshot
  let table: String
  let columns: [String]
  /// So many matches are always gone to; of more, the list's own order may fill a page sooner.
  var fewEnough = Rarity.few
  /// A trigram that more rows have than this is not worth asking for.
  var rareEnough = 20_000
  /// How many rows are wanted; nil where it is all that match, or their number.
  var page: Int?

  init(in snapshot: Snapshot, table: String, columns: [String], page: Int? = nil) {
    self.snapshot = snapshot
    self.table = table
    self.columns = columns
    self.page = page
  }

  struct Result {
    var conditions: [Clause] = []
    /// Whether few rows match.
    var isSelective = false
  }

  func conditions(for words: [String]) throws -> Result {
    var result = Result()
    for word in words where !word.isEmpty {
      let found =
        word.unicodeScalars.count < 3
        ? try beginning(word) : try anywhere(word)
      result.conditions += found.conditions
      result.isSelective = result.isSelective || found.isSelective
    }
    return result
  }

  private func beginning(_ word: String) throws -> Result {
    var count = 0
    for column in columns {
      count += try Rarity(table: table, cap: fewEnough).count(beginning(word, column), snapshot.db)
    }
    let isSelective = count < fewEnough
    // A plus sign keeps SQLite from gathering many matches to sort them.
    let matches = columns.map { beginning(word, isSelective ? $0 : "+" + $0) }
    return Result(
      conditions: ["(" + matches.joined(separator: " OR ") + ")"], isSelective: isSelective)
  }

  /// Logins are in lower case and compared byte by byte, names without regard to case.
  private func beginning(_ word: String, _ column: String) -> Clause {
    let isLogin = column.hasSuffix("login") || column.hasSuffix("owner")
    if isLogin { return Clause.begins(column, word.lowercased()) }
    if word.unicodeScalars.allSatisfy(\.isASCII) { return Clause.begins(column, word) }
    let variants = CaseFolding.variants(of: word).map { Clause.begins(column, $0) }
    return "(" + variants.joined(separator: " OR ") + ")"
  }

  private func anywhere(_ word: String) throws -> Result {
    let isThere = "(" + columns.map { Clause.contains($0, word) }.joined(separator: " OR ") + ")"
    var counted: [(trigram: String, count: Int)] = []
    for trigram in Self.trigrams(of: word) {
      counted.append((trigram, try count(trigram)))
    }
    // Those that are common would take longer to go through than they spare.
    let rarest = counted.filter { $0.count < rareEnough }.sorted { $0.count < $1.count }.prefix(3)
    let query = (rarest.isEmpty ? counted[...] : rarest).map(\.trigram).joined(separator: " AND ")
    let isWalked =
      rarest.isEmpty
      ? try capped(query, fewEnough) == fewEnough : try isWalkShorter(to: isThere, than: query)
    if isWalked { return Result(conditions: [isThere]) }
    return Result(
      conditions: ["number IN (" + matching(query, "rowid") + ")", isThere], isSelective: true)
  }

  /// Whether a page is full sooner by walking the list's order than by going to every row with some
  /// trigrams, judging by a few of these how many have the word.
  private func isWalkShorter(to isThere: Clause, than query: String) throws -> Bool {
    guard let page else { return false }
    let candidates = try capped(query, rareEnough)
    guard candidates >= fewEnough else { return false }
    let some = min(candidates, 256)
    let sample = matching(query, "rowid") + " LIMIT \(some)"
    let counted: Clause =
      Clause(sql: "SELECT count(*) FROM \(table) WHERE number IN (") + sample + ") AND " + isThere
    let share = Double(try counted.number(snapshot.db)) / Double(max(some, 1))
    let total = Double(try snapshot.total(table))
    return total * Double(page) < Double(candidates) * share * Double(candidates)
  }

  private func matching(_ query: String, _ column: String) -> Clause {
    Clause(sql: "SELECT \(column) FROM \(table)Find WHERE \(table)Find MATCH ") + "\(query)"
  }

  /// How many rows have a trigram, at most ``rareEnough``.
  private func count(_ trigram: String) throws -> Int {
    let common = snapshot.commonTrigrams
    if common.contains(trigram, in: table) { return rareEnough }
    let count = try capped(trigram, rareEnough)
    if count == rareEnough { common.insert(trigram, in: table) }
    return count
  }

  private func capped(_ query: String, _ cap: Int) throws -> Int {
    try Rarity.count(matching(query, "1"), cap: cap, snapshot.db)
  }

  /// The distinct trigrams as quoted FTS5 strings; at most the last sixteen.
  private static func trigrams(of word: String) -> [String] {
    // The index folds case itself, and not as Swift does: “İ” has two scalars in lower case here.
    let scalars = Array(word.unicodeScalars)
    guard scalars.count >= 3 else { return [] }
    var seen = Set<String>()
    var quoted: [String] = []
    for start in 0...(scalars.count - 3) {
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars[start..<start + 3])
      let trigram = String(text)
      guard seen.insert(trigram).inserted else { continue }
      quoted.append("\"" + trigram.replacing("\"", with: "\"\"") + "\"")
    }
    return quoted.suffix(16)
  }
}

/// The trigrams that were found not to be worth asking for, so that they are not counted again at
/// each letter that is typed.
///
/// Rows are never deleted. Where texts that had one are changed, finding is only slower for it.
final class CommonTrigrams: Sendable {
  private let known = Mutex<Set<String>>([])

  func contains(_ trigram: String, in table: String) -> Bool {
    known.withLock { $0.contains(table + trigram) }
  }

  func insert(_ trigram: String, in table: String) {
    _ = known.withLock { $0.insert(table + trigram) }
  }
}
