import Foundation
import Testing

@Suite("The built program")
struct ProcessTests {
  /// The binary that was built beside these tests.
  static var program: URL? {
    let built =
      Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
      + [URL(fileURLWithPath: CommandLine.arguments.first ?? "").deletingLastPathComponent()]
    return built.map { $0.appendingPathComponent("gatehouse") }.first {
      FileManager.default.isExecutableFile(atPath: $0.path)
    }
  }

  private func run(_ arguments: [String], input: String = "") throws -> Run {
    let process = Process()
    let program: URL = try #require(Self.program)
    process.executableURL = program
    process.arguments = arguments
    process.environment = ["HOME": NSTemporaryDirectory()]
    let pipes = (Pipe(), Pipe(), Pipe())
    process.standardInput = pipes.0
    process.standardOutput = pipes.1
    process.standardError = pipes.2
    try process.run()
    pipes.0.fileHandleForWriting.write(Data(input.utf8))
    try pipes.0.fileHandleForWriting.close()
    let output = pipes.1.fileHandleForReading.readDataToEndOfFile()
    let errors = pipes.2.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Run(
      status: process.terminationStatus, output: String(decoding: output, as: UTF8.self),
      errors: String(decoding: errors, as: UTF8.self))
  }

  @Test("makes a site, imports from a pipe, hands a token over, and keeps the files private")
  func walk() throws {
    let folder = NSTemporaryDirectory() + "gatehouse-process-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let site = ["--database", folder + "/g.db", "--account", "mira"]

    #expect(try run(site + ["init", "--admin", "mira"]).status == 0)
    #expect(try run(site + ["init", "--admin", "mira"]).status == 73)
    #expect(try run(site + ["bearer", "enable"]).status == 0)
    let imported = try run(site + ["account", "import", "-"], input: "login\ncarol\n")
    #expect(imported.output == "1 imported.\n")
    let token = try run(site + ["token", "create", "t"])
    #expect(token.status == 0)
    #expect(token.output.split(separator: ".").count == 3)
    #expect(!token.errors.contains("\u{1B}") && !token.output.contains("\u{1B}"))
    let refused = try run(site + ["account", "import", "-"], input: "login\nx y\n")
    #expect(refused.status == 65 && refused.output == "")
    for file in ["/g.db", "/g.db.secrets"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: folder + file)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test("ends with 2 where it should open the console without a terminal")
  func noTerminal() throws {
    let folder = NSTemporaryDirectory() + "gatehouse-process-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let site = ["--database", folder + "/g.db"]
    #expect(try run(site + ["init"]).status == 0)
    #expect(try run(site).status == 2)
  }
}
