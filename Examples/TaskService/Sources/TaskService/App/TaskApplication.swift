import Hummingbird
import Logging
import Rowan
import RowanMigrations

/// Puts the service together.
enum TaskApplication {
  /// Opens the database, whichever engine the URL names, and applies the migrations it lacks.
  /// - Parameter migrations: the folder of `Migrations/<dialect>`.
  static func openDatabase(_ url: String, migrations: String) async throws -> Database {
    let db = try await Database.open(url: url, dialects: Schema.dialects)
    do {
      let directory = try MigrationDirectory(root: migrations, dialect: db.dialect.name)
      try await Migrator(DatabaseMigrations(db), directory).run(.latest)
    } catch {
      await db.close()
      throw error
    }
    return db
  }

  static func router(_ db: Database, events: EventLog? = nil) -> Router<AppContext> {
    let router = Router(context: AppContext.self)
    router.add(middleware: RequestIdentity())
    router.add(middleware: ErrorResponses())
    router.add(middleware: LaneRequests(db: db))
    HealthRoutes(db: db).add(to: router)
    UserRoutes(db: db).add(to: router)
    WorkspaceRoutes(db: db).add(to: router)
    ProjectRoutes(db: db).add(to: router)
    MoveRoutes(db: db).add(to: router)
    TaskRoutes(db: db).add(to: router)
    LabelRoutes(db: db).add(to: router)
    CommentRoutes(db: db).add(to: router)
    if let events { DebugRoutes(db: db, log: events).add(to: router) }
    return router
  }

  /// The service, which closes `db` when it ends.
  static func make(
    _ db: Database, host: String = "127.0.0.1", port: Int = 8080, events: EventLog? = nil,
    logLevel: Logger.Level = .info
  ) -> Application<RouterResponder<AppContext>> {
    var logger = Logger(label: "TaskService")
    logger.logLevel = logLevel
    return Application(
      router: router(db, events: events),
      configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: "TaskService"),
      services: [DatabaseService(db: db)],
      logger: logger)
  }
}
