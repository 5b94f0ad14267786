import TerminalKit
import Testing

@testable import CursesTerminal

@Suite("The palette")
struct PaletteTests {
  @Test("uses the bright colours where there are sixteen")
  func sixteen() {
    let palette = Palette(theme: .dark, colors: 16)
    #expect(palette.look(of: .danger) == Palette.Look(color: 10, attributes: .bold))
    #expect(palette.look(of: .muted) == Palette.Look(color: 8, attributes: []))
    #expect(palette.look(of: .plain) == .plain)
  }

  @Test("makes bright colours bold where there are eight, and never draws black on black")
  func eight() {
    let palette = Palette(theme: .dark, colors: 8)
    #expect(palette.look(of: .ok) == Palette.Look(color: 3, attributes: .bold))
    #expect(palette.look(of: .muted) == Palette.Look(color: 8, attributes: []))
    #expect(Palette(theme: .light, colors: 8).look(of: .muted) == .plain)
  }

  @Test("uses no colour where there is none, or none is wanted", arguments: Theme.allCases)
  func none(theme: Theme) {
    let palette = Palette(theme: theme, colors: 0)
    for role in Style.Role.allCases { #expect(palette.look(of: Style(role)).color == 0) }
    #expect(palette.look(of: .plain.with(.reverse)).attributes == .reverse)
  }
}

@Suite("Base64")
struct Base64Tests {
  @Test(
    "is padded to groups of four (RFC 4648 §10)",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"), ("ÿ?>~", "w78/Pn4="),
    ])
  func vectors(text: String, encoded: String) {
    #expect(String(decoding: base64(text), as: UTF8.self) == encoded)
  }
}
