import CursesTerminal
import Glibc
import TerminalKit

/// A small full-screen program that says what it is told, for tests in a real terminal.
///
/// Its keys: `q` ends it, `r` shows a run that wraps, `e` writes to standard error, `C` copies, `X`
/// crashes, `t` asks for timeouts, `m` posts a message from another thread. All are in its log.
enum Probe {
  static func main() {
    CrashGuard.install()
    let arguments = CommandLine.arguments.dropFirst()
    do throws(TerminalUnavailable) {
      let terminal = try CursesTerminal(
        theme: arguments.contains("--mono") ? .mono : .dark, mouse: arguments.contains("--mouse"))
      let mailbox = Mailbox<String>()
      report("open \(terminal.capabilities.summary)")
      var screen = ProbeScreen(terminal: terminal, mailbox: mailbox)
      let ending = EventLoop(terminal: terminal, mailbox: mailbox).run(
        timeout: { screen.timeout }, handle: { screen.handle($0) })
      terminal.close()
      print("ended: \(ending)")
      exit(ending == .finished ? 0 : 1)
    } catch {
      report("refused \(error)")
      complain("\(error)\n")
      exit(2)
    }
  }

  /// Writes to standard error, where it is at the moment.
  static func complain(_ text: String) { put(text, on: STDERR_FILENO) }

  /// Tells the test that started the probe, if it gave us descriptor 3 and said `--report`.
  static func report(_ entry: String) {
    if CommandLine.arguments.contains("--report") { put(entry + "\n", on: 3) }
  }

  private static func put(_ text: String, on descriptor: Int32) {
    var text = text
    text.withUTF8 { _ = write(descriptor, $0.baseAddress, $0.count) }
  }
}

extension Capabilities {
  /// On one line, for reports.
  var summary: String {
    "colors \(colors) utf8 \(utf8) unknown \(unknownTerm ?? "none")"
  }
}
