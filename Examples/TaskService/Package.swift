// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "TaskService",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "TaskService", targets: ["TaskService"])],
  dependencies: [
    .package(name: "rowan", path: "../.."),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
  ],
  targets: [
    .executableTarget(
      name: "TaskService",
      dependencies: [
        .product(name: "Rowan", package: "rowan"),
        .product(name: "RowanSQLite", package: "rowan"),
        .product(name: "RowanPostgres", package: "rowan"),
        .product(name: "RowanMySQL", package: "rowan"),
        .product(name: "RowanMigrations", package: "rowan"),
        .product(name: "RowanCLI", package: "rowan"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "TaskServiceTests",
      dependencies: [
        "TaskService",
        .product(name: "Rowan", package: "rowan"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "HummingbirdTesting", package: "hummingbird"),
      ],
      swiftSettings: strict),
  ]
)
