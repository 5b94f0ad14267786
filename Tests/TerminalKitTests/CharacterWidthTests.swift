import Testing

@testable import TerminalKit

@Suite("The table of widths")
struct CharacterWidthTests {
  @Test("covers every scalar in ascending runs that differ from their neighbours")
  func order() {
    #expect(characterWidthRuns.first == 3)
    for (one, next) in zip(characterWidthRuns, characterWidthRuns.dropFirst()) {
      #expect(one >> 2 < next >> 2 && one & 3 != next & 3)
    }
  }

  @Test(
    "agrees with Unicode",
    arguments: [
      ("a", .narrow), ("é", .narrow), ("─", .narrow), ("…", .narrow), ("α", .narrow),
      ("漢", .wide), ("ｱ", .narrow), ("Ａ", .wide), ("한", .wide), ("🔥", .wide), ("\u{3000}", .wide),
      ("\u{301}", .combining), ("\u{20E3}", .combining), ("\u{1161}", .combining),
      ("\u{1B}", .unprintable), ("\u{7F}", .unprintable), ("\u{85}", .unprintable),
      ("\u{AD}", .unprintable), ("\u{200B}", .unprintable), ("\u{378}", .unprintable),
      ("\u{10FFFF}", .unprintable),
    ] as [(Unicode.Scalar, CharacterWidth)])
  func samples(scalar: Unicode.Scalar, width: CharacterWidth) {
    #expect(CharacterWidth(of: scalar) == width)
  }

  @Test("takes the short way for Latin to the same answer as the table")
  func shortWay() {
    for value in UInt32(0)..<0x300 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let run = characterWidthRuns.last { $0 >> 2 <= value }
      #expect(run.map { UInt8($0 & 3) } == CharacterWidth(of: scalar).rawValue)
    }
  }
}
