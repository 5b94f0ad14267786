/// What a cell means, and how it stands out.
///
/// Screens say the role; the ``Theme`` says the colour. Meaning never hangs on the colour alone.
package struct Style: Hashable, Sendable {
  /// All there is to it, in one byte: attributes in the lower three bits, the role above them.
  package private(set) var code: UInt8

  package init(_ role: Role = .plain, _ attributes: Attributes = []) {
    code = role.rawValue << 3 | attributes.rawValue & 7
  }

  package var role: Role {
    get { Role(rawValue: code >> 3) ?? .plain }
    set { self = Style(newValue, attributes) }
  }

  package var attributes: Attributes {
    get { Attributes(rawValue: code & 7) }
    set { self = Style(role, newValue) }
  }

  package enum Role: UInt8, CaseIterable, Hashable, Sendable {
    case plain, danger, warning, ok, muted, accent, title
  }

  package struct Attributes: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let bold = Attributes(rawValue: 1)
    package static let reverse = Attributes(rawValue: 2)
    package static let underline = Attributes(rawValue: 4)
  }

  /// Every style there is, in the order of ``code``.
  package static let all = Role.allCases.flatMap { role in
    (0..<8).map { Style(role, Attributes(rawValue: $0)) }
  }

  package static let plain = Style(.plain)
  package static let danger = Style(.danger)
  package static let warning = Style(.warning)
  package static let ok = Style(.ok)
  package static let muted = Style(.muted)
  package static let accent = Style(.accent)
  package static let title = Style(.title)

  /// This style with `attributes` added.
  package func with(_ attributes: Attributes) -> Style {
    Style(role, self.attributes.union(attributes))
  }
}
