// swift-tools-version: 6.2
import CompilerPluginSupport
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "rowan",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Rowan", targets: ["Rowan"]),
    .library(name: "RowanCore", targets: ["RowanCore"]),
    .library(name: "RowanSQLite", targets: ["RowanSQLite"]),
    .library(name: "RowanPostgres", targets: ["RowanPostgres"]),
    .library(name: "RowanMySQL", targets: ["RowanMySQL"]),
    .library(name: "RowanMigrations", targets: ["RowanMigrations"]),
    .library(name: "RowanCLI", targets: ["RowanCLI"]),
    .executable(name: "rowan", targets: ["RowanMain"]),
    .library(name: "RowanLogging", targets: ["RowanLogging"]),
    .library(name: "RowanTesting", targets: ["RowanTesting"]),
  ],
  dependencies: [
    .package(url: "https://github.com/swiftlang/swift-syntax", "603.0.1"..<"604.0.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", "4.0.0"..<"5.0.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
  ],
  targets: [
    // Core: no C database library, no driver, no swift-syntax.
    .target(name: "CRowanThread", path: "Sources/CRowanThread"),
    .target(name: "RowanCore", dependencies: ["CRowanThread"], swiftSettings: strict),
    .macro(
      name: "RowanMacros",
      dependencies: [
        .product(name: "SwiftSyntaxMacros", package: "swift-syntax"),
        .product(name: "SwiftCompilerPlugin", package: "swift-syntax"),
        .product(name: "SwiftDiagnostics", package: "swift-syntax"),
        .product(name: "SwiftSyntaxBuilder", package: "swift-syntax"),
      ],
      swiftSettings: strict),
    .target(name: "Rowan", dependencies: ["RowanCore", "RowanMacros"], swiftSettings: strict),
    .target(
      name: "RowanLogging",
      dependencies: ["RowanCore", .product(name: "Logging", package: "swift-log")],
      swiftSettings: strict),
    .target(
      name: "RowanMigrations",
      dependencies: ["RowanCore", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict),
    .target(
      name: "RowanCLI",
      dependencies: [
        "RowanCore", "RowanMigrations",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Configuration", package: "swift-configuration"),
      ],
      swiftSettings: strict),
    // Not in a folder called `rowan`: some file systems cannot tell that from `Rowan`.
    .executableTarget(
      name: "RowanMain", dependencies: ["RowanCLI", "RowanSQLite", "RowanPostgres", "RowanMySQL"],
      swiftSettings: strict),
    .target(name: "RowanTesting", dependencies: ["RowanCore"], swiftSettings: strict),

    // Dialects: each imports only the core and its own C client.
    .systemLibrary(
      name: "CSQLite", path: "Dialects/CSQLite", pkgConfig: "sqlite3",
      providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
    .systemLibrary(
      name: "CPostgres", path: "Dialects/CPostgres", pkgConfig: "libpq",
      providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
    .systemLibrary(
      name: "CMariaDB", path: "Dialects/CMariaDB", pkgConfig: "libmariadb",
      providers: [.apt(["libmariadb-dev"]), .brew(["mariadb-connector-c"])]),
    .target(
      name: "RowanSQLite", dependencies: ["RowanCore", "CSQLite"], path: "Dialects/SQLite",
      swiftSettings: strict),
    .target(
      name: "RowanPostgres", dependencies: ["RowanCore", "CPostgres"], path: "Dialects/Postgres",
      swiftSettings: strict),
    .target(
      name: "RowanMySQL", dependencies: ["RowanCore", "CMariaDB"], path: "Dialects/MySQL",
      swiftSettings: strict),

    // Tests: one target per module; `RowanTests` runs the same cases on every engine.
    .testTarget(
      name: "RowanCoreTests", dependencies: ["RowanCore"], swiftSettings: strict),
    .testTarget(
      name: "RowanMacrosTests",
      dependencies: [
        "RowanMacros",
        .product(name: "SwiftSyntaxMacrosTestSupport", package: "swift-syntax"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "RowanSQLiteTests",
      dependencies: ["Rowan", "RowanMigrations", "RowanSQLite", "RowanTesting", "fault-runner"],
      swiftSettings: strict),
    .testTarget(
      name: "RowanPostgresTests", dependencies: ["Rowan", "RowanPostgres", "RowanTesting", "WireRelay"],
      swiftSettings: strict),
    .testTarget(
      name: "RowanMySQLTests", dependencies: ["Rowan", "RowanMigrations", "RowanMySQL", "RowanTesting", "WireRelay"],
      swiftSettings: strict),
    .target(name: "WireRelay", path: "Tests/WireRelay", swiftSettings: strict),
    .executableTarget(
      name: "fault-runner",
      dependencies: ["RowanMigrations", "RowanSQLite", "RowanPostgres", "RowanMySQL"], path: "Tests/FaultRunner",
      swiftSettings: strict),
    .testTarget(
      name: "RowanMigrationsTests",
      dependencies: ["RowanMigrations", "RowanSQLite", "RowanPostgres", "RowanMySQL", "fault-runner"],
      swiftSettings: strict),
    .testTarget(
      name: "RowanCLITests",
      dependencies: ["RowanCLI", "RowanMain", "RowanMigrations", "RowanSQLite", "RowanPostgres", "RowanMySQL"],
      swiftSettings: strict),
    .testTarget(
      name: "RowanTests",
      dependencies: [
        "Rowan", "RowanSQLite", "RowanPostgres", "RowanMySQL", "RowanTesting", "RowanLogging", "WireRelay",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "RowanMainActorTests", dependencies: ["Rowan", "RowanSQLite"],
      swiftSettings: strict + [.defaultIsolation(MainActor.self)]),
  ]
)
