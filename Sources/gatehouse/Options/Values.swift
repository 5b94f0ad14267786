import Access
import ArgumentParser
import TerminalKit

// Words of the domain that the parser reads; it lists them in help and in completions.

extension SecurityLevel: ExpressibleByArgument {
  package init?(argument: String) { self.init(rawValue: argument.lowercased()) }
}

extension Permission: ExpressibleByArgument {}

extension AccountKind: ExpressibleByArgument {}

extension TokenState: ExpressibleByArgument {}

extension LegacyKeyState: ExpressibleByArgument {}

extension TokenSort: ExpressibleByArgument {}

extension Theme: ExpressibleByArgument {}

extension ColorMode: ExpressibleByArgument {}

/// `yes` or `no`.
enum YesNo: String, CaseIterable, ExpressibleByArgument { case yes, no }

/// A level to observe, or `off`.
struct LevelOrOff: ExpressibleByArgument {
  /// nil is off.
  let level: SecurityLevel?

  init?(argument: String) {
    level = SecurityLevel(argument: argument)
    guard level != nil || argument.lowercased() == "off" else { return nil }
  }

  static var allValueStrings: [String] { SecurityLevel.allCases.map(\.rawValue) + ["off"] }
}

/// A kind of credential that a brownout can refuse.
enum BrownoutMethod: String, CaseIterable, ExpressibleByArgument {
  case legacyKey = "legacy_key"
  case password

  var kind: CredentialKind { self == .legacyKey ? .legacyKey : .password }
}

/// A value of an option that cannot be read.
enum OptionError: Failure, Equatable {
  case date(option: String, String)
  case instant(option: String, String)
  case future(option: String, String)
  case address(String)
  case pair(option: String, String, example: String)
  case existing(String)
  case nothingToSet(String)

  var description: String {
    switch self {
    case .date(let option, let text):
      "\(option): “\(text)” is not a date. Write it like 2027-03-31."
    case .instant(let option, let text):
      "\(option): “\(text)” is not a time. Write it like 2026-11-23T14:31:00Z, 2026-11-23, or 7d for that long ago."
    case .future(let option, let text):
      "\(option): “\(text)” is not a time. Write it like 2026-11-23T14:31:00Z, 2026-11-23, or 15m for that much later."
    case .address(let text):
      "--source: “\(text)” is not an address. Write it like 10.2.0.14 or 2001:db8::1."
    case .pair(let option, let text, let example):
      "\(option): “\(text)” cannot be read. Write it like \(example)."
    case .existing(let text):
      "--existing: “\(text)” cannot be read. Write keep, spread:14d, at:2027-03-31, or now."
    case .nothingToSet(let example):
      "Nothing was given to change. Say what, like \(example)."
    }
  }
}

extension CivilDate {
  init(_ text: String, option: String) throws(OptionError) {
    guard let date = CivilDate(parsing: text) else { throw .date(option: option, text) }
    self = date
  }
}
