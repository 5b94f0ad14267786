/// Turns scalars of any origin into ones that are safe to draw, one grapheme after the other.
struct Sanitizer {
  private var text = ""
  private var width = 0
  /// The base the next mark would join; nil at the start and after a replacement.
  private var base: Unicode.Scalar?
  private var marks = 0
  private var marksLeftOut = 0
  private var joinerWaits = false

  mutating func take(_ scalar: Unicode.Scalar) {
    if joinerWaits {
      joinerWaits = false
      if !Self.isPictograph(scalar) { replace("\u{200D}") }
    }
    switch CharacterWidth(of: scalar) {
    case .narrow, .wide:
      if let base, Self.isPictograph(base), Self.isSkinTone(scalar) { return }
      endGrapheme()
      text.unicodeScalars.append(scalar)
      width += CharacterWidth(of: scalar).columns
      base = scalar
    case .combining:
      if base == nil {
        replace(scalar)
      } else if marks < Cell.maximumScalars - 1 {
        text.unicodeScalars.append(scalar)
        marks += 1
      } else {
        marksLeftOut += 1
      }
    case .unprintable:
      if let base, Self.isVariation(scalar), base.properties.isEmoji { return }
      if let base, scalar == "\u{200D}", Self.isPictograph(base) {
        joinerWaits = true
      } else {
        replace(scalar)
      }
    }
  }

  mutating func take(invalid byte: UInt8) {
    if joinerWaits { replace("\u{200D}") }
    write(Self.escape(byte))
  }

  mutating func finish() -> (text: String, width: Int) {
    if joinerWaits { replace("\u{200D}") }
    endGrapheme()
    return (text, width)
  }

  private mutating func replace(_ scalar: Unicode.Scalar) {
    if scalar.value < 0xA0, let byte = UInt8(exactly: scalar.value) {
      write(Self.escape(byte))
    } else {
      let digits = String(scalar.value, radix: 16, uppercase: true)
      write("<U+" + String(repeating: "0", count: max(4 - digits.count, 0)) + digits + ">")
    }
  }

  private mutating func write(_ ascii: String) {
    endGrapheme()
    joinerWaits = false
    text += ascii
    width += ascii.utf8.count
  }

  /// Says how many marks were too many for the grapheme that ends here.
  private mutating func endGrapheme() {
    let excess = marksLeftOut
    base = nil
    marks = 0
    marksLeftOut = 0
    if excess > 0 { write("<+\(excess)>") }
  }

  private static func escape(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "\\x0" + digits : "\\x" + digits
  }

  private static func isPictograph(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value > 0xFF && scalar.properties.isEmoji
  }

  private static func isSkinTone(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x1F3FB && scalar.value <= 0x1F3FF
  }

  private static func isVariation(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\u{FE0E}" || scalar == "\u{FE0F}"
  }
}
