/// How many columns a scalar takes, or that it must not be drawn.
///
/// One pinned table decides, so that a frame is the same on every machine and in every test. A
/// terminal backend compares it with what its library believes and substitutes where they differ.
package enum CharacterWidth: UInt8, Sendable {
  /// A mark that joins the cell before it.
  case combining = 0
  case narrow = 1
  case wide = 2
  /// A control, an invisible, an unassigned or private scalar: it is shown as its number instead.
  case unprintable = 3

  /// The version of Unicode the table was made from; East Asian *ambiguous* counts as narrow.
  package static let unicodeVersion = "14.0.0"

  package init(of scalar: Unicode.Scalar) {
    let value = scalar.value
    if value < 0x300 {
      let isPrintable = (value >= 0x20 && value < 0x7F) || (value >= 0xA0 && value != 0xAD)
      self = isPrintable ? .narrow : .unprintable
    } else {
      self = Self.search(value)
    }
  }

  /// The columns taken: 0, 1 or 2.
  package var columns: Int { self == .unprintable ? 0 : Int(rawValue) }

  private static func search(_ value: UInt32) -> CharacterWidth {
    let runs = characterWidthRuns
    var low = 0
    var high = runs.count
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if runs[middle] >> 2 <= value { low = middle } else { high = middle }
    }
    return CharacterWidth(rawValue: UInt8(runs[low] & 3)) ?? .unprintable
  }
}
