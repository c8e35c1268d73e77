import ArgumentParser
import Hummingbird
import Rowan

/// Runs the service until SIGTERM or SIGINT.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Serves until SIGTERM or Ctrl-C.")

  @Option(help: "sqlite:FILE, postgres://USER:PASSWORD@HOST/NAME or mysql://USER:PASSWORD@HOST/NAME.")
  var databaseUrl = "sqlite:tasks.sqlite"

  @Option(help: "The folder of the migrations; those the database lacks are applied.")
  var migrations = "Migrations"

  @Option(help: "The address to listen on.")
  var host = "127.0.0.1"

  @Option(help: "The port to listen on.")
  var port = 8080

  @Flag(help: "Fill an empty database with made-up rows, always the same.")
  var seed = false

  @Flag(help: "Show the SQL behind a request at /debug/events?request=ID.")
  var events = false

  func run() async throws {
    let db = try await TaskApplication.openDatabase(databaseUrl, migrations: migrations)
    do {
      let log = events ? EventLog(db) : nil
      let app = TaskApplication.make(db, host: host, port: port, events: log)
      if seed, let counts = try await Seeder().fill(db) { app.logger.info("seeded: \(counts)") }
      try await app.runService()
    } catch {
      await db.close(timeout: .seconds(5))
      throw error
    }
  }
}
