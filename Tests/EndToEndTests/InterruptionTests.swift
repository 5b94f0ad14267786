import Foundation
import Testing

@Suite("The console in a real terminal")
struct InterruptionTests {
  @Test("gives the terminal back when it is quit")
  func quits() throws {
    let site = try RealSite()
    let terminal = try TmuxTerminal(site.database)
    try terminal.wait(for: "Overview", "In force")

    try terminal.press("q")
    try terminal.wait(for: "Quit Gatehouse?")
    try terminal.press("Tab", "Enter")

    try terminal.wait(for: "prompt%")
    try expectUsualModes(terminal)
  }

  @Test(
    "S04: applies nothing that stands in a dialog when it is cut off",
    arguments: ["-HUP", "-TERM", "-KILL"])
  func killed(signal: String) throws {
    let site = try RealSite()
    let before = try site.audit()
    let terminal = try TmuxTerminal(site.database)
    try terminal.wait(for: "Overview", "In force")
    try terminal.press("3")
    try terminal.wait(for: "Security level")
    try terminal.press("Enter")
    try terminal.wait(for: "Enable Bearer support", "Nothing that works today stops.")
    try terminal.press("Tab", "Tab")

    let id = try terminal.programID()
    _ = try Program.run("/bin/kill", [signal, "\(id)"])

    try terminal.wait(for: "prompt%")
    #expect(try site.audit() == before)
    #expect(try site.gatehouse(["doctor"]).output.contains("database"))
    if signal != "-KILL" {
      try terminal.run("echo usable")
      try terminal.wait(for: "usable")
    }
  }

  @Test("T06: gives the terminal back when it crashes, and says what happened")
  func crashes() throws {
    let site = try RealSite()
    let terminal = try TmuxTerminal(site.database)
    try terminal.wait(for: "Overview", "In force")

    let id = try terminal.programID()
    _ = try Program.run("/bin/kill", ["-SEGV", "\(id)"])

    let screen = try terminal.wait(for: "prompt%", "gatehouse crashed: SIGSEGV")
    #expect(!screen.contains("In force"))
    try expectUsualModes(terminal)
  }

  /// What is typed is shown and comes line by line, as a shell needs them.
  private func expectUsualModes(_ terminal: TmuxTerminal) throws {
    try terminal.run("stty -a")
    let modes = try terminal.wait(for: "icanon")
    #expect(!modes.contains("-echo ") && !modes.contains("-icanon"))
  }

  @Test("S04: is gone when its terminal is")
  func hangsUp() throws {
    let site = try RealSite()
    let terminal = try TmuxTerminal(site.database)
    try terminal.wait(for: "Overview", "In force")
    let id = try terminal.programID()

    try terminal.hangUp()

    let deadline = ContinuousClock.now + .seconds(5)
    while ContinuousClock.now < deadline, Program.isRunning(id) { usleep(20_000) }
    #expect(!Program.isRunning(id))
  }

  @Test("is stopped by Ctrl-Z and comes back where it was")
  func suspends() throws {
    let site = try RealSite()
    let terminal = try TmuxTerminal(site.database)
    try terminal.wait(for: "Overview", "In force")
    try terminal.press("2")
    try terminal.wait(for: "ConsoleIdleTimeout")

    try terminal.press("C-z")
    try terminal.wait(for: "Stopped")
    try terminal.press("'fg'", "Enter")

    try terminal.wait(for: "ConsoleIdleTimeout", "Meaning")
  }

  @Test("T06: says what it needs on a terminal too small, and loses nothing by it")
  func sizes() throws {
    let site = try RealSite()
    let terminal = try TmuxTerminal(site.database)
    try terminal.wait(for: "Overview", "In force")
    try terminal.press("2")
    let before = try terminal.wait(for: "ConsoleIdleTimeout", "Meaning")

    try terminal.resize(20, 5)
    try terminal.wait(for: "20x5", "60x16")
    for step in 0..<100 { try terminal.resize(20 + step % 61, 5 + step % 31) }
    try terminal.resize(1, 1)
    try terminal.resize(80, 24)

    try terminal.wait(for: "the screen as it was") { $0.dropFirst(80) == before.dropFirst(80) }
  }

  @Test("T06: opens on a terminal the host does not know, and says so")
  func unknownTerm() throws {
    let site = try RealSite()
    let terminal = try TmuxTerminal(site.database, command: "TERM=xterm-nowhere $GATEHOUSE")

    try terminal.wait(for: "Overview", "xterm-nowhere")
  }

  @Test(
    "names the commands that do the same where there is no terminal",
    arguments: ["TERM=dumb $GATEHOUSE", "$GATEHOUSE < /dev/null"])
  func noTerminal(command: String) throws {
    let site = try RealSite()
    let terminal = try TmuxTerminal(site.database, command: command + "; echo status $?")

    try terminal.wait(for: "gatehouse status", "status 2")
  }

  @Test("shows within a moment what another process changed")
  func sideBySide() throws {
    let site = try RealSite()
    let terminal = try TmuxTerminal(site.database)
    try terminal.wait(for: "Overview", "legacy, level locked")

    try site.gatehouse(["bearer", "enable", "--within", "10m"])

    try terminal.wait(for: "TAKES ITSELF BACK", "+ keep or cancel")
    try site.gatehouse(["revision", "cancel"])
    try terminal.wait(for: "the banner to go") { !$0.contains("TAKES ITSELF BACK") }
  }

  @Test("asks for the site's name on the first start, and says where the files lie")
  func firstStart() throws {
    let folder = NSTemporaryDirectory() + "gatehouse-first-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let terminal = try TmuxTerminal(
      folder + "/gatehouse.db", command: "XDG_DATA_HOME=\(folder) $PROGRAM")

    try terminal.wait(for: "Name of the site")
    try terminal.press("'Harbour'", "Enter")
    try terminal.wait(for: "first Site Administrator", "signing keys and pepper")
    try terminal.press("Enter")

    try terminal.wait(for: "Harbour", "Overview")
  }

  @Test("D03: makes its files for their owner alone, whatever the umask", arguments: ["0", "0277"])
  func umask(mask: String) throws {
    let folder = NSTemporaryDirectory() + "gatehouse-mask-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let made = try Program.run(
      "/bin/sh",
      ["-c", "umask \(mask); exec \(Program.path) --database \(folder)/site/gatehouse.db init"])
    try #require(made.status == 0, "\(made.errors)")

    for file in try FileManager.default.contentsOfDirectory(atPath: folder + "/site") {
      let facts = try FileManager.default.attributesOfItem(atPath: "\(folder)/site/\(file)")
      #expect(facts[.posixPermissions] as? Int == 0o600, "\(file)")
    }
    let facts = try FileManager.default.attributesOfItem(atPath: folder + "/site")
    #expect(facts[.posixPermissions] as? Int == 0o700)
  }

  @Test(
    "D02: says that the disk is full, changes nothing, and goes on reading",
    .enabled(if: SmallDisk.isPossible))
  func fullDisk() throws {
    let disk = try SmallDisk(megabytes: 3)
    let database = disk.folder + "/site/gatehouse.db"
    let made = try Program.run(Program.path, ["--database", database, "init"])
    try #require(made.status == 0, "\(made.errors)")
    let terminal = try TmuxTerminal(database)
    try terminal.wait(for: "Overview", "In force")
    try disk.fill()

    try terminal.press("2")
    try terminal.wait(for: "Enable Bearer support")
    try terminal.press("Enter")
    try terminal.wait(for: "Nothing that works today stops.")
    try terminal.press("Tab", "Tab", "Enter")
    try terminal.wait(for: "! The disk that holds")
    try terminal.press("Escape")
    try terminal.wait(for: "ConsoleIdleTimeout", "y copy value")
    try terminal.press("1")
    try terminal.wait(for: "In force", "legacy, level locked")

    disk.free()
    try terminal.press("2")
    try terminal.wait(for: "Enable Bearer support")
    try terminal.press("Enter")
    try terminal.wait(for: "Nothing that works today stops.")
    try terminal.press("Tab", "Tab", "Enter")
    try terminal.wait(for: "STANDARD  bearer")
  }
}

/// A file system of a few megabytes in memory; making one takes the right to mount.
final class SmallDisk {
  let folder = NSTemporaryDirectory() + "gatehouse-disk-" + UUID().uuidString

  static let isPossible: Bool = {
    guard let disk = try? SmallDisk(megabytes: 1) else { return false }
    return FileManager.default.fileExists(atPath: disk.folder)
  }()

  init(megabytes: Int) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let result = try Program.run(
      "/bin/mount", ["-t", "tmpfs", "-o", "size=\(megabytes)m,mode=700", "tmpfs", folder])
    guard result.status == 0 else {
      try? FileManager.default.removeItem(atPath: folder)
      throw TmuxTerminal.Waited(what: result.errors)
    }
  }

  deinit {
    _ = try? Program.run("/bin/umount", ["-l", folder])
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Leaves no byte free.
  func fill() throws {
    _ = try Program.run("/bin/dd", ["if=/dev/zero", "of=\(folder)/ballast", "bs=4096"])
  }

  func free() { unlink(folder + "/ballast") }
}
