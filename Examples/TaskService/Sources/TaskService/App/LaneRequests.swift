import Hummingbird
import Rowan

/// Handles each request on a lane of the database, where its queries need no thread switch.
struct LaneRequests: RouterMiddleware {
  typealias Context = AppContext
  let db: Database

  func handle(
    _ request: Request, context: AppContext, next: @concurrent (Request, AppContext) async throws -> Response
  ) async throws -> Response {
    // SQLite has no lanes: it runs queries wherever they are called.
    guard let lane = db.lane else { return try await next(request, context) }
    return try await withTaskExecutorPreference(lane) { try await next(request, context) }
  }
}
