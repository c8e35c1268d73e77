import Hummingbird

/// A failure the client is told about: `{"error": {"code", "message", "field"}}`.
struct APIError: HTTPResponseError {
  let status: HTTPResponse.Status
  /// Stable, in snake case.
  let code: String
  /// What was wrong, for a person.
  let message: String
  /// The part of the request concerned: a field of the body, or a query parameter.
  var field: String?

  func response(from request: Request, context: some RequestContext) throws -> Response {
    var response = try context.responseEncoder.encode(Body(error: self), from: request, context: context)
    response.status = status
    if status == .serviceUnavailable { response.headers[.retryAfter] = "1" }
    return response
  }

  private struct Body: Encodable {
    struct Content: Encodable {
      let code: String
      let message: String
      let field: String?
    }
    let error: Content

    init(error: APIError) { self.error = Content(code: error.code, message: error.message, field: error.field) }
  }
}

extension APIError {
  /// 400: the request as such cannot be read.
  static func malformed(_ code: String, _ message: String, field: String? = nil) -> APIError {
    APIError(status: .badRequest, code: code, message: message, field: field)
  }

  /// 422: the request can be read, but a value in it cannot be accepted.
  static func invalid(_ field: String, _ message: String, code: String = "invalid_value") -> APIError {
    APIError(status: .unprocessableContent, code: code, message: message, field: field)
  }

  /// 404: the row named by the path does not exist.
  static func notFound(_ what: String) -> APIError {
    APIError(status: .notFound, code: "not_found", message: "there is no such \(what)")
  }

  /// 409: the request is at odds with what is stored.
  static func conflict(_ code: String, _ message: String, field: String? = nil) -> APIError {
    APIError(status: .conflict, code: code, message: message, field: field)
  }
}

extension APIError {
  /// A PATCH without any field the resource has.
  static let nothingToChange = APIError(
    status: .unprocessableContent, code: "nothing_to_change", message: "the body names no field that can be changed")
}
