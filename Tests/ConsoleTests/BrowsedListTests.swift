import Access
import Console
import TerminalKit
import Testing

@Suite("A big list")
struct BrowsedListTests {
  /// Two thousand tokens of alice, each a minute longer than the one before.
  static func bigSite() -> SampleSite {
    var site = SampleSite()
    site.tokens = (1...2000).map { .sample("t\($0)", ends: .minutes(UInt16($0))) }
    return site
  }

  // MARK: - Filter

  @Test("is filtered with every key, from its first row on")
  func filterAsTyped() {
    var console = ConsoleHarness(screen: .tokens)
    console.type("m down down")
    let before = console.asked.count

    console.type("f 'ci'")

    let filters = console.asked.dropFirst(before).compactMap { question -> [String]? in
      guard case .tokens(let request) = question, request.anchor == .start else { return nil }
      return request.filter.words
    }
    #expect(filters == [["c"], ["ci"]])
    #expect(console.text.contains("everyone's 1 of 5 · filter “ci”"))
    #expect(console.cursorRow.contains("Filter [ci_"), "the real cursor is where one types")
  }

  @Test("keeps the filter in its title, and says so where nothing matches")
  func filterStays() {
    var console = ConsoleHarness(screen: .tokens)

    console.type("f 'zebra' enter")

    #expect(console.text.contains("filter “zebra”"))
    #expect(console.words.contains("Nothing here matches “zebra”. f changes the filter"))
  }

  @Test("shows all rows again on Ctrl-U, with the cursor on the same row")
  func clear() {
    var console = ConsoleHarness(screen: .tokens)
    console.type("f 'grafana' enter")
    #expect(console.cursorRow.contains("grafana-pull"))

    console.type("ctrl-u")

    #expect(console.text.contains("mine 3 of 3"))
    #expect(console.cursorRow.contains("grafana-pull"))
    #expect(console.text.contains("3 of 3"))
  }

  @Test("drops the filter where its typing is given up")
  func escape() {
    var console = ConsoleHarness(screen: .tokens)

    console.type("f 'grafana' esc")

    #expect(console.text.contains("mine 3 of 3"))
    #expect(!console.text.contains("filter “"))
  }

  @Test("can be moved in while its filter is typed")
  func moveWhileTyping() {
    var console = ConsoleHarness(screen: .tokens)

    console.type("f 'l' down enter")

    #expect(console.cursorRow.contains("grafana-pull"))
  }

  @Test("drops the answer to a filter that was typed on")
  func lateAnswer() {
    var console = ConsoleHarness(screen: .tokens)
    console.holds = true
    console.type("f 'ci' backspace backspace 'gra'")

    console.release()

    #expect(console.text.contains("1 of 3 · filter “gra”"))
    #expect(console.text.contains("> grafana-pull"))
    #expect(!console.text.contains("ci-deploy"))
  }

  // MARK: - Find

  @Test("is searched beyond what is held, and goes round its end")
  func find() {
    var console = ConsoleHarness(Self.bigSite(), screen: .tokens)

    console.type("/ 't1900' enter")
    #expect(console.cursorRow.contains("t1900"))
    #expect(console.text.contains("t1897") && console.text.contains("t1903"), "amid its neighbours")

    console.type("/ 't7' enter")
    #expect(console.cursorRow.contains("t7 "))
    #expect(console.words.contains("going round"))

    console.type("n")
    #expect(console.cursorRow.contains("t70 "))
    console.type("N")
    #expect(console.cursorRow.contains("t7 "))
    console.type("N")
    #expect(console.cursorRow.contains("t799"))
    #expect(console.words.contains("going round"))
  }

  @Test("fills the screen around a row found near its end")
  func findNearEnd() {
    var console = ConsoleHarness(Self.bigSite(), screen: .tokens)

    console.type("/ 't1999' enter")

    #expect(console.cursorRow.contains("t1999"))
    #expect(console.text.contains("t2000"))
    #expect(console.text.contains("t1990"))
    #expect(console.text.contains("1,999 of 2,000"))
  }

  @Test("asks for one row to find the next one, whatever its length")
  func findAsksForOne() {
    var console = ConsoleHarness(Self.bigSite(), screen: .tokens)
    let before = console.asked.count

    console.type("/ 't1900' enter")

    guard case .tokens(let request) = console.asked.dropFirst(before).first else {
      Issue.record("It asks for tokens.")
      return
    }
    #expect(request.limit == 1)
  }

  @Test("says where there is no such text, or only here, or none was sought")
  func notFound() {
    var console = ConsoleHarness(screen: .tokens)
    console.type("n")
    #expect(console.words.contains("Nothing is sought yet"))

    console.type("/ 'zebra' enter")
    #expect(console.words.contains("“zebra” is not in this list"))

    console.type("/ 'ci-dep' enter")
    #expect(console.words.contains("“ci-dep” is nowhere else in this list"))
  }

  @Test("is searched within its filter")
  func findInFilter() {
    var console = ConsoleHarness(screen: .tokens)

    console.type("m f 'owner:alice' enter / 'deploy-2' enter")

    #expect(console.words.contains("“deploy-2” is not in this list"))
  }

  // MARK: - Order

  @Test("offers its orders on s; the same again reverses it")
  func sort() {
    var console = ConsoleHarness(screen: .tokens)
    console.type("s")
    Golden.expect(console, "tokens-sort")

    console.type("down enter")
    #expect(console.text.contains("sorted by name ^"))
    #expect(console.cursorRow.contains("ci-deploy"))

    console.type("s s")
    #expect(console.text.contains("sorted by name v"))
    #expect(console.cursorRow.contains("old-laptop"))

    console.type("s esc")
    #expect(console.text.contains("sorted by name v"))
  }

  // MARK: - Marks

  @Test("marks rows, ranges and all but some, and says how many")
  func marks() {
    var console = ConsoleHarness(screen: .tokens)
    console.type("m space")
    #expect(console.text.contains("1 marked"))
    #expect(console.text.contains("*ci-deploy") || console.text.contains("* ci-deploy"))

    console.type("down v")
    #expect(console.text.contains("3 marked"))

    console.type("*")
    #expect(console.text.contains("2 marked"))

    console.type("U")
    #expect(!console.text.contains("marked"))
  }

  @Test("shows beside it the row on which the cursor rests, not those a held key passes")
  func resting() {
    var console = ConsoleHarness(size: .large, screen: .tokens)
    #expect(console.words.contains("│ ci-deploy"))

    console.hold("down")
    #expect(console.cursorRow.contains("> grafana-pull"))
    #expect(console.words.contains("│ ci-deploy"))

    console.send(.rest)
    #expect(console.words.contains("│ grafana-pull"))
  }

  // MARK: - When others change it

  @Test("keeps the cursor on its row while others come before it")
  func identity() throws {
    var console = ConsoleHarness(screen: .tokens)
    console.type("end")
    #expect(console.cursorRow.contains("old-laptop"))
    console.site.tokens.append(.sample("new-one", ends: .days(2)))
    console.site.lastChange += 1

    console.pass(seconds: 1)

    #expect(console.text.contains("new-one"))
    #expect(console.cursorRow.contains("old-laptop"))
    #expect(console.text.contains("4 of 4"))
  }

  @Test("says so where the row under the cursor is gone")
  func gone() {
    var console = ConsoleHarness(screen: .tokens)
    console.type("end")
    console.site.tokens.removeAll { $0.name == "old-laptop" }

    console.type("R")

    #expect(console.words.contains("That row is gone"))
    #expect(console.cursorRow.contains("grafana-pull"))
  }

  @Test("knows the cursor's place after a re-reading far from its beginning")
  func rank() {
    var console = ConsoleHarness(Self.bigSite(), screen: .tokens)
    console.type("end pgup")
    #expect(console.text.contains("of 2,000"))
    let before = console.cursorRow

    console.type("R")

    #expect(console.cursorRow == before)
    #expect(console.text.contains("1,983 of 2,000"))
  }

  @Test("is stepped through by a held key at once, without reading what passes by")
  func held() {
    var console = ConsoleHarness(Self.bigSite(), screen: .tokens)
    let before = console.asked.count
    console.send(.key(.down, times: 1200))

    #expect(console.text.contains("1,201 of 2,000"))
    #expect(console.cursorRow.contains("> t1201 "))
    let limits = console.asked.dropFirst(before).compactMap { question -> Int? in
      guard case .tokens(let request) = question else { return nil }
      return request.limit
    }
    #expect(limits.reduce(0, +) < 60)

    console.send(.key("k", times: 50))
    #expect(console.cursorRow.contains("> t1151 "))
    console.send(.key(.down, times: 9000))
    #expect(console.text.contains("2,000 of 2,000"))
  }

  @Test("elsewhere a held key is as many keys")
  func heldElsewhere() {
    var console = ConsoleHarness(Self.bigSite(), screen: .tokens)
    console.type("f")
    console.send(.key("j", times: 3))
    #expect(console.text.contains("Filter [jjj"))

    var held = ConsoleHarness(screen: .security)
    var single = held
    held.send(.key(.down, times: 4))
    single.type("down down down down")
    held.send(.rest)
    #expect(held.text == single.text)
    held.type("home enter")
    single.type("home enter")
    held.send(.key(.down, times: 2))
    single.type("down down")
    #expect(held.frame.cursor == single.frame.cursor)
  }
}
