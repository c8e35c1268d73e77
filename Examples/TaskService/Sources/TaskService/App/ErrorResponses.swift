import Hummingbird
import Rowan

/// Turns whatever a route throws into `{"error": …}`.
struct ErrorResponses: RouterMiddleware {
  typealias Context = AppContext

  func handle(
    _ request: Request, context: AppContext, next: @concurrent (Request, AppContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch {
      let answer = ErrorResponses.answer(to: error)
      if answer.status.kind == .serverError {
        // The description of a database error holds SQL with placeholders, never a value.
        context.logger.error("request failed", metadata: ["error": "\(error)"])
      }
      return try answer.response(from: request, context: context)
    }
  }

  private static func answer(to error: any Error) -> APIError {
    switch error {
    case let error as APIError: error
    case let error as RowanError: APIError(error)
    case let error as any HTTPResponseError:
      APIError(
        status: error.status,
        code: error.status.reasonPhrase.lowercased().replacing(" ", with: "_"),
        message: (error as? HTTPError)?.body ?? error.status.reasonPhrase)
    default:
      APIError(status: .internalServerError, code: "internal_error", message: "something went wrong")
    }
  }
}
