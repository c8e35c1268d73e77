import Hummingbird
import Rowan

/// `/debug/events`: what the database was asked on behalf of a request. Only with `--events`.
struct DebugRoutes {
  let db: Database
  let log: EventLog

  func add(to router: some RouterMethods<AppContext>) {
    router.get("debug/events", use: events)
  }

  struct Events: ResponseEncodable {
    let request: String
    let events: [EventLog.Entry]
  }

  @Sendable func events(_ request: Request, context: AppContext) async throws -> Events {
    let parameters = try QueryParameters(request, allowed: ["request"])
    guard let id = parameters.text("request") else {
      throw APIError.malformed("missing_parameter", "name the request by its X-Request-ID", field: "request")
    }
    await db.eventsDelivered()
    guard let entries = log.entries(of: id) else { throw APIError.notFound("request in the log") }
    return Events(request: id, events: entries)
  }
}
