/// A row of the audit as an outsider keeps it, and as a line of the checkpoints has it.
package struct AuditHead: Hashable, Sendable {
  package let seq: Int64
  /// 32 bytes.
  package let hash: [UInt8]
  package let at: Instant

  package init(seq: Int64, hash: [UInt8], at: Instant) {
    self.seq = seq
    self.hash = hash
    self.at = at
  }

  /// Reads `seq hash time`; nil for anything else.
  package init?(parsing line: some StringProtocol) {
    let bytes = Array(line.utf8)
    guard let (seq, hash) = Self.row(in: bytes[...]),
      let time = line.split(separator: " ").last, let at = Instant(parsing: String(time))
    else { return nil }
    self.init(seq: seq, hash: hash, at: at)
  }

  /// Number and hash in a line `seq hash time`, whose time is not looked at: there may be a million.
  package static func row(in line: ArraySlice<UInt8>) -> (seq: Int64, hash: [UInt8])? {
    let blank = UInt8(ascii: " ")
    var seq: Int64 = 0
    var rest = line
    while let digit = rest.popFirst(), digit != blank {
      guard let value = value(digit), value < 10, seq < .max / 10 - 1 else { return nil }
      seq = seq * 10 + Int64(value)
    }
    guard seq > 0, rest.count > 65, rest[rest.startIndex + 64] == blank else { return nil }
    var hash: [UInt8] = []
    hash.reserveCapacity(32)
    for index in stride(from: rest.startIndex, to: rest.startIndex + 64, by: 2) {
      guard let high = value(rest[index]), let low = value(rest[index + 1]) else { return nil }
      hash.append(high << 4 | low)
    }
    guard !rest[(rest.startIndex + 65)...].contains(blank) else { return nil }
    return (seq, hash)
  }

  /// The line `seq hash time`, the hash in hexadecimal.
  package var text: String {
    "\(seq) \(hexadecimal(hash)) \(at.rfc3339)"
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}

/// Bytes as two lower-case digits each.
package func hexadecimal(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  text.reserveCapacity(bytes.count * 2)
  for byte in bytes {
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 15)])
  }
  return String(decoding: text, as: UTF8.self)
}

/// What is wrong with an audit, and with which row first.
package enum AuditFault: Hashable, Sendable {
  /// The row is not what its hash was made of, or not the one that followed the row before.
  case altered(Int64)
  case missing(Int64)
  /// The rows behind `last` are gone, and the rest of the database knows of them.
  case cut(last: Int64, seen: Int64)
  /// The whole database ends at `last`, and a later row was seen: it is an older copy.
  case older(last: Int64, seen: Int64)
  /// The row fits its chain, and another one was seen in its place.
  case replaced(Int64)
  /// A line of the checkpoints cannot be read, or is not behind the one before it.
  case checkpoint(line: Int)

  /// The first row that is not as it was; nil where that is in the checkpoints.
  package var seq: Int64? {
    switch self {
    case .altered(let seq), .missing(let seq), .replaced(let seq): seq
    case .cut(let last, _), .older(let last, _): last < .max ? last + 1 : last
    case .checkpoint: nil
    }
  }

  /// The word for scripts.
  package var word: String {
    switch self {
    case .altered: "altered_row"
    case .missing: "missing_row"
    case .cut: "cut_tail"
    case .older: "older_database"
    case .replaced: "replaced_row"
    case .checkpoint: "checkpoint"
    }
  }

  package var description: String {
    switch self {
    case .altered(let seq): "Row \(seq) is altered: it is not what its hash was made of."
    case .missing(let seq): "Row \(seq) is missing."
    case .cut(let last, let seen):
      "The tail is cut: the rows behind \(last) are gone, of \(seen) there were."
    case .older(let last, let seen):
      """
      The database is older than what was seen of it: it ends at row \(last), and row \(seen) was seen.
      """
    case .replaced(let seq):
      "Row \(seq) is another than was seen: the audit was made anew from there on."
    case .checkpoint(let line): "Line \(line) of the checkpoints is not as it was written."
    }
  }

  /// What to do about it.
  package var remedy: String {
    switch self {
    case .older:
      "`gatehouse restore` brings it up to what is known; until then nobody passes the gate."
    case .checkpoint:
      "The audit itself is whole as far as its hashes tell. Compare with `--head`, kept elsewhere."
    default:
      """
      Somebody wrote to the database past Gatehouse. Keep a copy of all its files, and compare it with \
      a backup and with syslog from the row before on.
      """
    }
  }
}

/// A walk along the audit's chain, a stretch at a time, so that whoever waits sees how far it is.
package struct AuditCheck: Hashable, Sendable {
  /// The head that somebody kept elsewhere.
  package let kept: AuditHead?
  /// The last row that was found right, and its hash.
  package var seq: Int64 = 0
  package var hash = [UInt8](repeating: 0, count: 32)
  /// How many rows there were at the beginning.
  package var total: Int64 = 0
  /// Where in the checkpoints it is.
  package var place = Place()
  /// How many bytes of them there were when the walk began.
  package var length: Int64?
  /// How many rows were held against a checkpoint.
  package var compared = 0
  package var isFinished = false
  package var fault: AuditFault?

  /// A place in the checkpoints.
  package struct Place: Hashable, Sendable {
    /// Bytes and lines that were read.
    package var offset: Int64 = 0
    package var lines = 0
    /// The row of the last of them.
    package var seq: Int64 = 0
    /// Whether the next one cannot be read, or is not behind it; nothing is read from there on.
    package var isBroken = false

    package init() {}
  }

  package init(kept: AuditHead? = nil) { self.kept = kept }

  /// What came of it; nil while it goes on.
  package var verdict: Result<Int64, AuditBroken>? {
    if let fault { return .failure(AuditBroken(fault: fault)) }
    return isFinished ? .success(seq) : nil
  }
}

/// An audit that is not whole.
package struct AuditBroken: Failure, Equatable {
  package let fault: AuditFault

  package init(fault: AuditFault) { self.fault = fault }

  package var description: String { "\(fault.description) \(fault.remedy)" }
  package var exitCode: ExitCode { .unusable }
}
