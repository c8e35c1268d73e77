import Hummingbird
import Logging
import Rowan
import RowanMySQL
import RowanPostgres
import RowanSQLite

/// Puts the service together.
enum TaskApplication {
  /// The engines the service runs on, by the scheme of the URL.
  static let dialects: [DialectProvider] = [.sqlite, .postgres, .mysql]

  /// Opens the database, whichever engine the URL names, and creates what tables it lacks.
  static func openDatabase(_ url: String) async throws -> Database {
    let db = try await Database.open(url: url, dialects: dialects)
    try await db.createTables(Tables.all, ifNotExists: true)
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
