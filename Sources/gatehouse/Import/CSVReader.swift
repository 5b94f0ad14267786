import Access

/// Reads CSV (RFC 4180) record by record and knows where each cell began.
///
/// A library would do, but those for Swift tell neither line nor column of a cell, and an import of
/// a hundred thousand rows is worth little if nobody can find the wrong one.
struct CSVReader {
  private let bytes: ArraySlice<UInt8>
  private var position: Int
  private var line = 1
  private var lineStart: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
    lineStart = bytes.startIndex
  }

  private var place: TextPlace {
    let before = String(decoding: bytes[lineStart..<position], as: UTF8.self)
    return TextPlace(line: line, column: before.count + 1)
  }

  private var current: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  /// The cells of the next record; nil at the end.
  mutating func next() throws(ContentError) -> [ImportTable.Cell]? {
    guard current != nil else { return nil }
    var cells: [ImportTable.Cell] = []
    while true {
      let start = place
      let text = current == UInt8(ascii: "\"") ? try quoted(from: start) : plain()
      cells.append(ImportTable.Cell(text: text, place: start))
      switch current {
      case UInt8(ascii: ","): position += 1
      case nil: return cells
      default:
        endLine()
        return cells
      }
    }
  }

  private mutating func plain() -> String {
    let start = position
    while let byte = current, byte != UInt8(ascii: ","), byte != 0x0A, byte != 0x0D {
      position += 1
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func quoted(from start: TextPlace) throws(ContentError) -> String {
    position += 1
    var content: [UInt8] = []
    while let byte = current {
      position += 1
      if byte == UInt8(ascii: "\"") {
        if current == UInt8(ascii: "\"") {
          content.append(byte)
          position += 1
          continue
        }
        guard [nil, 0x0A, 0x0D, UInt8(ascii: ",")].contains(current) else {
          throw ContentError("A comma should stand behind the closing quote.", at: place)
        }
        return String(decoding: content, as: UTF8.self)
      }
      content.append(byte)
      if byte == 0x0A {
        line += 1
        lineStart = position
      }
    }
    throw ContentError("The quote that begins here is never closed.", at: start)
  }

  private mutating func endLine() {
    if current == 0x0D { position += 1 }
    if current == 0x0A { position += 1 }
    line += 1
    lineStart = position
  }
}
