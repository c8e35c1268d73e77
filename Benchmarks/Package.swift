// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "rowan-benchmarks",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "rowan-bench", targets: ["RowanBench"])],
  dependencies: [
    .package(name: "rowan", path: ".."),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
  ],
  targets: [
    // The C clients once more: a package's own modules of them are no products.
    .systemLibrary(
      name: "BenchSQLite", path: "C/SQLite", pkgConfig: "sqlite3",
      providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
    .systemLibrary(
      name: "BenchPostgres", path: "C/Postgres", pkgConfig: "libpq",
      providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
    .systemLibrary(
      name: "BenchMariaDB", path: "C/MariaDB", pkgConfig: "libmariadb",
      providers: [.apt(["libmariadb-dev"]), .brew(["mariadb-connector-c"])]),
    // Glibc declares sched_setaffinity only to C.
    .target(name: "BenchAffinity", path: "C/Affinity"),
    // A module of their own, as in an application: whether decoding specialises across modules is part of the question.
    .target(
      name: "BenchmarkModels", dependencies: [.product(name: "RowanCore", package: "rowan")], path: "Models",
      swiftSettings: strict),
    .executableTarget(
      name: "RowanBench",
      dependencies: [
        "BenchmarkModels", "BenchAffinity", "BenchSQLite", "BenchPostgres", "BenchMariaDB",
        .product(name: "RowanCore", package: "rowan"),
        .product(name: "RowanMigrations", package: "rowan"),
        .product(name: "RowanSQLite", package: "rowan"),
        .product(name: "RowanPostgres", package: "rowan"),
        .product(name: "RowanMySQL", package: "rowan"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      path: "Sources", swiftSettings: strict),
  ]
)
