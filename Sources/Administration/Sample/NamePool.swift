/// Names of people in one script, each with the Latin letters its logins are made of.
struct NamePool: Sendable {
  struct Part: Sendable {
    let latin: String
    let written: String
  }

  /// How many of a hundred people are drawn from here.
  let share: Int
  let isFamilyFirst: Bool
  let given: [Part]
  let family: [Part]
  /// What stands between the parts; nothing in Han and Kana.
  let separator: String

  /// Reads lists like `anna=Анна ivan=Иван`; a name without `=` is its own Latin form.
  init(
    share: Int, isFamilyFirst: Bool = false, separator: String = " ", given: String, family: String
  ) {
    self.share = share
    self.isFamilyFirst = isFamilyFirst
    self.separator = separator
    self.given = Self.parts(given)
    self.family = Self.parts(family)
  }

  /// A name as it is written, and as a login has it: `given.family`.
  func draw(using generator: inout SplitMix64) -> (name: String, login: String)? {
    guard let given = given.randomElement(using: &generator),
      let family = family.randomElement(using: &generator)
    else { return nil }
    let parts = isFamilyFirst ? [family, given] : [given, family]
    return (
      parts.map(\.written).joined(separator: separator), "\(given.latin).\(family.latin)"
    )
  }

  private static func parts(_ text: String) -> [Part] {
    text.split(whereSeparator: \.isWhitespace).compactMap { word in
      let halves = word.split(separator: "=")
      guard let latin = halves.first, let written = halves.last else { return nil }
      return Part(latin: latin.lowercased(), written: String(written))
    }
  }
}
