import Foundation
import Testing

/// The product's main job from end to end, by keys that the footer names, at 80×24.
@Suite("An administrator who has never seen it")
struct WalkTests {
  @Test("enables Bearer, raises the level and takes it back, makes a role and a token")
  func walk() throws {
    let site = try RealSite(isSample: true)
    let told = try site.audit().count
    let terminal = try TmuxTerminal(site.database)
    try terminal.wait(for: "In force", "Enter go there")

    try enableBearer(terminal)
    try raiseToHigh(terminal)
    try keepIt(terminal)
    try takeTheLevelBack(terminal)
    try makeARole(terminal)
    try makeAToken(terminal)
    try rotateAndRevoke(terminal)
    try terminal.press("Q")
    try terminal.wait(for: "prompt%")

    let actions = try site.audit().dropFirst(told).map { $0.split(separator: " ")[1] }
    #expect(
      actions == [
        "bearer.enable", "level.set", "revision.confirm", "revision.rollback-level", "role.change",
        "token.create", "token.rotate", "token.revoke",
      ])
    let list = try site.gatehouse(["audit", "list"]).output
    #expect(list.contains("INC-4711 agreed with CRM"))
    #expect(!list.contains("eyJhbGci"), "no token is told")
  }

  private func enableBearer(_ terminal: TmuxTerminal) throws {
    try terminal.press("3")
    try terminal.wait(for: "Security level", "Enter Enable Bearer")
    try terminal.press("Enter")
    try terminal.wait(for: "Nothing that works today stops.", "[ Apply to stay ]")
    try terminal.press("Tab", "Tab", "Enter")
    try terminal.wait(for: "STANDARD  bearer", "Bearer support is on")
  }

  /// Reads who stops, before and in the dialog; fills in what it asks for; applies with a deadline.
  private func raiseToHigh(_ terminal: TmuxTerminal) throws {
    try terminal.press("Down")
    try terminal.wait(for: "12 legacy keys stop", "1 password client stops")
    try terminal.press("Tab", "Enter")
    try terminal.wait(for: "Stops at High", "ci-deploy", "build-bot")
    try terminal.press("Escape")
    try terminal.wait(for: "12 legacy keys stop")
    try terminal.press("Tab", "Enter")
    try terminal.wait(for: "MIGRATION REQUIRED", "ci-deploy", "missing: a reason")

    try terminal.press("BTab", "BTab", "BTab", "'INC-4711 agreed with CRM'", "Enter", "Enter")
    try terminal.press("'high'")
    try terminal.wait(for: "both Apply buttons are open")
    try terminal.press("Enter", "Tab", "Tab", "Enter")
    try terminal.wait(for: "HIGH  bearer", "TAKES ITSELF BACK IN", "+ keep or cancel")
  }

  private func keepIt(_ terminal: TmuxTerminal) throws {
    try terminal.press("+")
    try terminal.wait(for: "is pending", "[ Leave ]   [ Keep it ]   [ Cancel it now ]")
    try terminal.press("Tab", "Enter")
    try terminal.wait(for: "is kept.")
  }

  private func takeTheLevelBack(_ terminal: TmuxTerminal) throws {
    try terminal.press("u")
    try terminal.wait(for: "Level alone", "[ Level back to Standard ]")
    try terminal.press("Tab", "Enter")
    try terminal.wait(for: "Missing: a reason")
    try terminal.press("BTab", "BTab", "'a monthly job came to light'", "Enter", "Enter")
    try terminal.press("Tab", "Tab", "Enter")
    try terminal.wait(for: "STANDARD  bearer", "Level is back to Standard")
  }

  /// Makes a role of one's own and gives it *Use REST API* and *Create tokens*.
  private func makeARole(_ terminal: TmuxTerminal) throws {
    try terminal.press("4")
    try terminal.wait(for: "Site Administrator", "a add")
    try terminal.press("a")
    try terminal.wait(for: "New role")
    try terminal.press("BTab", "'Deployers'", "Tab", "Tab", "Enter")
    try terminal.wait(for: ">+Deployers", "Space toggle")
    try terminal.press("Space", "Right", "Space")
    try terminal.wait(for: "3 changes not saved", "4 Roles*")
    try terminal.press("w")
    try terminal.wait(for: "Role Deployers gains Use REST API, Create tokens")
    try terminal.press("Tab", "Tab", "Enter")
    try terminal.wait(for: "Roles are changed")
  }

  private func makeAToken(_ terminal: TmuxTerminal) throws {
    try terminal.press("5")
    try terminal.wait(for: "Your tokens will be here. a makes one.")
    try terminal.press("a")
    try terminal.wait(for: "New token", "[ Create ]")
    try terminal.press("Tab", "'walk'", "BTab", "BTab", "Enter")
    try terminal.wait(for: "Token walk for", "Shown this once")

    // Selected with the mouse it is one line, as the terminal itself wrapped it.
    let joined = try #require(
      try terminal.screenWithWrappedLinesJoined.split(separator: "\n").first {
        $0.hasPrefix("eyJ")
      })
    let token = joined.filter { $0 != " " }
    #expect(token.count > 200 && token.split(separator: ".").count == 3)

    try terminal.press("y")
    try terminal.wait(for: "Sent to the clipboard")
    try terminal.press("Tab", "Tab", "'\(token)'")
    try terminal.press("Enter")
    try leave(terminal)
    try terminal.wait(for: "mine 1 of 1", "> walk")
    #expect(try !terminal.history.contains("eyJ"), "it is in no scrollback")
  }

  private func rotateAndRevoke(_ terminal: TmuxTerminal) throws {
    try terminal.press("r")
    try terminal.wait(for: "Rotate walk", "Overlap  [24h")
    try terminal.press("Tab", "Enter")
    try terminal.wait(for: "Token walk for", "Shown this once")
    try leave(terminal)
    try terminal.wait(for: "walk (rotated)", "mine 2 of 2")

    try terminal.press("Home", "d")
    try terminal.wait(for: "Revoke walk", "This cannot be undone.")
    try terminal.press("Tab", "Enter")
    try terminal.wait(for: "1 token revoked, from the next request on.", "revoked")
  }

  /// Leaves the one time a token is shown; without proof that it was copied it asks first.
  private func leave(_ terminal: TmuxTerminal) throws {
    try terminal.press("Escape")
    let screen = try terminal.wait(for: "the list, or a question") {
      $0.contains("Authorizations (Bearer tokens)") || $0.contains("Leave without proof?")
    }
    if screen.contains("Leave without proof?") { try terminal.press("Tab", "Enter") }
  }
}
