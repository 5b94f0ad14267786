import Foundation
import Testing

@testable import gatehouse

@Suite("The system's users and groups")
struct SystemDatabaseTests {
  /// As on a host whose own files know nobody.
  private let elsewhere = SystemDatabase(files: "/nowhere")
  /// As on a host that has no getent.
  private let here = SystemDatabase(getent: "/nowhere")

  @Test("a user is found in the file, and where they are not there by asking getent")
  func users() {
    let root = SystemDatabase.User(name: "root", home: "/root")
    #expect(elsewhere.user(0) == root)
    #expect(here.user(0) == root)
  }

  @Test("a group is found in the file, and where it is not there by asking getent")
  func groups() {
    #expect(elsewhere.group("root") == 0)
    #expect(here.group("root") == 0)
  }

  @Test("an entry is the one that was asked for: not its prefix, not a number, not an option")
  func exact() throws {
    let folder = NSTemporaryDirectory() + "gatehouse-users-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try "# people\nmira:x:70001:1:Mira,,,:/home/mira:/bin/sh\nopsmira:x:70002:1::/o:/bin/sh\n"
      .write(toFile: folder + "/passwd", atomically: true, encoding: .utf8)
    try "operators:x:70003:mira,ivo\nops:x:70004:\n"
      .write(toFile: folder + "/group", atomically: true, encoding: .utf8)
    let system = SystemDatabase(files: folder)

    #expect(system.user(70001) == .init(name: "mira", home: "/home/mira"))
    #expect(system.user(70002)?.name == "opsmira")
    #expect(system.user(7000) == nil)
    #expect(system.group("ops") == 70004)
    #expect(system.group("70004") == nil)
    for name in ["", "op", "-h", "--help", "ops; id", "0"] { #expect(system.group(name) == nil) }
  }

  @Test("nobody is found where there is neither file nor getent")
  func neither() {
    let system = SystemDatabase(files: "/nowhere", getent: "/nowhere")
    #expect(system.user(0) == nil)
    #expect(system.group("root") == nil)
  }
}
