import Access
import Console
import TerminalKit
import Testing

@Suite("A pending revision")
struct PendingRevisionTests {
  private func console(_ size: Size = .usual) throws -> ConsoleHarness {
    var site = SampleSite()
    try site.revise(.level(.high), within: .minutes(10))
    return ConsoleHarness(site, size: size, screen: .account)
  }

  @Test("counts down in the third line", arguments: [Size.usual, .large, .small])
  func countdown(size: Size) throws {
    var console = try console(size)
    #expect(console.rows[2].contains("REVISION 42 "))

    console.pass(seconds: 59)

    #expect(console.rows[2].contains("IN 09:01 "))
    #expect(console.rows[2].contains("+ keep or cancel"))
  }

  @Test("is announced on every screen", arguments: Registry.places, [Size.usual, .small])
  func everywhere(place: Place, size: Size) throws {
    var site = SampleSite()
    try site.revise(.level(.high), within: .minutes(10))
    let console = ConsoleHarness(site, size: size, screen: place)

    #expect(console.rows[2].contains("REVISION 42 "))
    #expect(console.rows[2].contains("IN 10:00 "))
  }

  @Test("is neither kept nor cancelled by one key, nor by the next Enter")
  func oneKey() throws {
    var console = try console()

    console.type("+ enter")

    #expect(console.performed == [])
    #expect(!console.text.contains("is pending"))
  }

  @Test("can be kept")
  func keep() throws {
    var console = try console()

    console.type("+ tab enter")

    #expect(console.performed == [.confirmRevision(42)])
    #expect(console.footer == " Revision 42 is kept.")
    #expect(!console.text.contains("TAKES ITSELF BACK"))
    #expect(console.rows[0].contains("HIGH"))
  }

  @Test("can be cancelled now")
  func cancel() throws {
    var console = try console()

    console.type("+ tab tab enter")

    #expect(console.performed == [.cancelRevision(42)])
    #expect(console.rows[0].contains("STANDARD"))
  }

  @Test("is gone from the screen once its time is up")
  func lapse() throws {
    var console = try console()

    console.pass(seconds: 600)

    #expect(!console.text.contains("TAKES ITSELF BACK"))
    #expect(console.rows[0].contains("STANDARD"))
  }

  @Test("that ended while the dialog was open is refused with the reason")
  func lapsedMeanwhile() throws {
    var console = try console()
    console.type("+")
    console.pass(seconds: 600)
    #expect(console.text.contains("It is pending no longer"))

    console.type("tab enter")

    #expect(console.footer == " ! Revision 42 is lapsed already. Nothing was changed.")
  }

  @Test("is not decided by somebody who may not manage settings")
  func permission() throws {
    var site = SampleSite()
    try site.revise(.level(.high), within: .minutes(10))
    var console = ConsoleHarness(site.seen(by: "dave"), screen: .account)

    console.type("+ tab enter tab enter")

    #expect(console.performed == [])
  }
}
