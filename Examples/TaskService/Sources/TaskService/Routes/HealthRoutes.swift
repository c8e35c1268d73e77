import Hummingbird
import Rowan

/// `/health`
struct HealthRoutes {
  let db: Database

  func add(to router: some RouterMethods<AppContext>) {
    router.get("health", use: health)
  }

  struct Health: ResponseEncodable {
    let status: String
    let engine: String
  }

  /// 200 if the database answers within two seconds, else 503.
  @Sendable func health(_ request: Request, context: AppContext) async throws -> Health {
    _ = try await User.all().exists(db.withTimeout(.seconds(2)))
    return Health(status: "ok", engine: db.dialect.name)
  }
}
