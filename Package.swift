// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

func room(
  _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil
) -> Target {
  .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

let package = Package(
  name: "gatehouse",
  products: [.executable(name: "gatehouse", targets: ["gatehouse"])],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
  ],
  targets: [
    .target(
      name: "CCurses", linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .target(name: "CStorage", linkerSettings: [.linkedLibrary("sqlite3")]),
    room("TerminalKit"),
    room("CursesTerminal", ["CCurses", "TerminalKit"]),
    room("Access"),
    room(
      "Credentials",
      [
        "Access", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
      ]),
    room(
      "Storage",
      [
        "Access", "CStorage", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    room("Administration", ["Access", "Credentials", "Storage"]),
    room("Console", ["TerminalKit", "Access"]),
    room(
      "Gate",
      [
        "Access", "Administration", .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOExtras", package: "swift-nio-extras"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    .executableTarget(
      name: "gatehouse",
      dependencies: [
        "Access", "Administration", "Console", "CursesTerminal", "Gate", "TerminalKit",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    tests("AccessTests", ["Access"]),
    tests("TerminalKitTests", ["TerminalKit"]),
    .executableTarget(
      name: "CursesProbe", dependencies: ["CursesTerminal", "TerminalKit"],
      path: "Tests/CursesTerminalTests/Probe", swiftSettings: strict),
    tests(
      "CursesTerminalTests", ["CursesProbe", "CursesTerminal", "TerminalKit"],
      exclude: ["Probe"]),
    tests("ConsoleTests", ["Access", "Console", "TerminalKit"], exclude: ["Goldens"]),
    tests(
      "CredentialsTests",
      ["Access", "Credentials", .product(name: "Crypto", package: "swift-crypto")],
      exclude: ["verify.py"]),
    tests(
      "StorageTests", ["Access", "Storage", .product(name: "GRDB", package: "GRDB.swift")]),
    tests(
      "AdministrationTests",
      [
        "Access", "Administration", "Credentials", "Storage",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    tests(
      "CommandLineTests", ["gatehouse", "Access", "Administration", "Storage", "TerminalKit"]),
    tests(
      "GateTests",
      [
        "Access", "Administration", "Gate", .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ]),
    tests("EndToEndTests", ["gatehouse"]),
  ]
)
