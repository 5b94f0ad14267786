import Access
import TerminalKit

// The lines over every screen. They draw from what they say alone: a closure that draws would else
// copy the whole state, at every key.
extension ConsoleState {
  /// What the first line says.
  struct Header: Equatable {
    let login: Login
    let minute: Int64
    let siteName: String
    let level: SecurityLevel
    let mode: APIMode
    let refusedLastHour: Int64
    let isReadOnly: Bool
    let isWorking: Bool

    func draw(on canvas: inout Canvas, clock: SafeText) {
      let row = Chrome.headerRow
      let columns = canvas.size.columns
      let right = SafeText(login.text) + " " + clock + " "
      canvas.put(right, endingAt: columns, row: row, maxWidth: columns / 2)
      let isLocked = mode != .bearer
      let site = SafeText(siteName)
      var marks: [(text: SafeText, style: Style)] = [
        (SafeText(level.name.uppercased()), isLocked ? .muted : Style(.title, .bold)),
        (SafeText(mode.rawValue) + (isLocked ? ", level locked" : ""), modeStyle),
      ]
      if refusedLastHour > 0 {
        let count = SafeText.count(Int(clamping: refusedLastHour))
        marks.append(("! " + count + " refused/1h", .danger))
      }
      if isReadOnly { marks.append(("read-only", .warning)) }
      if isWorking { marks.append(("working", .accent)) }
      // The site's name gives way first: what is in force must be seen.
      let end = columns - right.width - 1
      let needed = marks.reduce(0) { $0 + $1.text.width + 2 }
      var column = 1
      let room = max(end - column - needed, 0)
      let product: SafeText = site == "Gatehouse" ? "Gatehouse" : "Gatehouse · " + site
      column += canvas.put(
        product.width <= room ? product : site, at: Point(column: column, row: row), style: .title,
        maxWidth: room)
      for mark in marks where column + 2 < end {
        column += 2
        column += canvas.put(
          mark.text, at: Point(column: column, row: row), style: mark.style,
          maxWidth: end - column)
      }
    }

    private var modeStyle: Style {
      switch mode {
      case .bearer: .ok
      case .legacy: .plain
      case .conflict: .warning
      case .closed: .danger
      }
    }
  }

  /// What the line of tabs says.
  struct Tabs: Equatable {
    let places: [Place]
    let active: Place
    let drafts: Set<Place>

    func draw(on canvas: inout Canvas) {
      let start = Point(column: 1, row: Chrome.tabRow)
      let columns = canvas.size.columns - start.column
      func tabs(_ places: [Place]) -> [TabBar.Tab] {
        places.map { place in
          TabBar.Tab(
            key: SafeText(place.key.description),
            label: drafts.contains(place) ? place.label + "*" : place.label)
        }
      }
      // My account is there for everyone; its tab is the first to give way.
      let others = places.filter { $0 != .account }
      for shown in [places, others] where !shown.isEmpty {
        let tabs = tabs(shown)
        let width = tabs.reduce(-1) { $0 + $1.key.width + $1.label.width + 2 }
        guard width <= columns else { continue }
        TabBar(tabs, active: shown.firstIndex(of: active))
          .draw(on: &canvas, at: start, columns: columns)
        return
      }
      TabBar(tabs(places), active: places.firstIndex(of: active))
        .draw(on: &canvas, at: start, columns: columns)
    }
  }
}
