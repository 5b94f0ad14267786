extension Frame {
  /// What is shown while the terminal is smaller than the program can use; nothing is lost meanwhile.
  package static func tooSmall(_ size: Size, needed: Size, glyphs: Glyphs) -> Frame {
    var canvas = Canvas(size: size, glyphs: glyphs)
    let text = SafeText("Terminal \(size), need \(needed)")
    let lines = text.wrapped(to: size.columns)
    let first = max((size.rows - lines.count) / 2, 0)
    for (row, line) in lines.enumerated() {
      let column = max((size.columns - line.width) / 2, 0)
      canvas.put(line, at: Point(column: column, row: first + row))
    }
    return Frame(canvas: canvas)
  }
}
