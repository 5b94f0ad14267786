import Foundation
import Synchronization
import Testing

@testable import gatehouse

@Suite("A large import")
struct LargeImportTests {
  @Test("is read whole, shows its progress, and is one row of the audit")
  func progress() throws {
    let site = try CommandSite()
    let drawn = Mutex("")
    let bar = ProgressBar { piece in drawn.withLock { $0 += piece } }
    let rows = (1...5_000).map { "user-\($0),\"Name, \($0)\"\n" }.joined()
    let before = try site.audit().count

    let run = site.run("account", "import", "-", input: Array("login,name\n\(rows)".utf8)) {
      $0.progress = bar
    }

    #expect(run.output == "5,000 imported.\n", "\(run.errors)")
    #expect(try site.audit().count == before + 1)
    let text = drawn.withLock { $0 }
    #expect(text.contains("100%  5,000 of 5,000") && text.hasSuffix("\r\u{1B}[K"))
  }
}
