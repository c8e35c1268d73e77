import Rowan
import ServiceLifecycle

/// Closes the database once the server, which stops first, has answered its last request.
struct DatabaseService: Service {
  let db: Database

  func run() async throws {
    // Throws when the service is cancelled rather than shut down; the database is closed in either case.
    try? await gracefulShutdown()
    await db.close(timeout: .seconds(5))
  }
}
