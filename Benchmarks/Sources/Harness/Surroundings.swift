import Foundation

/// The databases of a run. Each is filled when the first row asks for it.
final class Surroundings {
  let pgbench: String?
  private let postgresURL: String?
  private let mysqlURL: String?
  private var files: SQLiteFiles?
  private var postgresServer: PostgresServer?
  private var mariadbServer: MariaDBServer?
  private var isLarge: Set<String> = []
  private var hasAccounts = false

  init(environment: [String: String]) {
    postgresURL = Self.value("ROWAN_BENCH_POSTGRES_URL", environment)
    mysqlURL = Self.value("ROWAN_BENCH_MYSQL_URL", environment)
    pgbench = Self.value("ROWAN_BENCH_PGBENCH", environment)
  }

  private static func value(_ name: String, _ environment: [String: String]) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Why rows of `engine` cannot run; nil when they can.
  func obstacle(_ engine: Engine) -> String? {
    switch engine {
    case .postgres where postgresURL == nil: "ROWAN_BENCH_POSTGRES_URL is not set"
    case .mysql where mysqlURL == nil: "ROWAN_BENCH_MYSQL_URL is not set"
    default: nil
    }
  }

  func sqlite() throws -> SQLiteFiles {
    if let files { return files }
    let made = try SQLiteFiles()
    files = made
    return made
  }

  func postgres() throws -> PostgresServer {
    if let postgresServer { return postgresServer }
    let server = try connectPostgres()
    try PostgresTables(server: server).fill()
    postgresServer = server
    return server
  }

  func mariadb() throws -> MariaDBServer {
    if let mariadbServer { return mariadbServer }
    let server = try connectMariaDB()
    try MariaDBTables(server: server).fill()
    mariadbServer = server
    return server
  }

  /// The server as it is, its tables filled by the parent process.
  func connectPostgres() throws -> PostgresServer {
    guard let postgresURL else { throw BenchmarkError("ROWAN_BENCH_POSTGRES_URL is not set") }
    return try PostgresServer(postgresURL)
  }

  /// The server as it is, its tables filled by the parent process.
  func connectMariaDB() throws -> MariaDBServer {
    guard let mysqlURL else { throw BenchmarkError("ROWAN_BENCH_MYSQL_URL is not set") }
    return try MariaDBServer(mysqlURL)
  }

  /// The `pgbench` program, its tables made.
  func pgbenchProgram() throws -> PgbenchProgram {
    guard let pgbench else { throw BenchmarkError("ROWAN_BENCH_PGBENCH is not set") }
    let program = PgbenchProgram(path: pgbench, server: try postgres())
    if !hasAccounts { try program.makeTables() }
    hasAccounts = true
    return program
  }

  /// Makes the table of a million rows.
  /// - Returns: the SQLite file, or nothing.
  func prepareLarge(_ engine: Engine) throws -> String {
    switch engine {
    case .sqlite, .core: return try sqlite().large()
    case .postgres:
      let server = try postgres()
      if isLarge.insert(engine.rawValue).inserted { try PostgresTables(server: server).fillLarge() }
    case .mysql:
      let server = try mariadb()
      if isLarge.insert(engine.rawValue).inserted { try MariaDBTables(server: server).fillLarge() }
    }
    return ""
  }

  /// The processes of the server that rows of `engine` talk to.
  func serverProcesses(_ engine: Engine) -> [Int32] {
    switch engine {
    case .postgres: postgresServer?.processes ?? []
    case .mysql: mariadbServer?.processes ?? []
    case .sqlite, .core: []
    }
  }

  func cleanUp() { files?.remove() }
}
