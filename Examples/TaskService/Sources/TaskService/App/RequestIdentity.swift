import HTTPTypes
import Hummingbird

/// Gives every request an identifier: the client's `X-Request-ID` if it is one, else a new one.
struct RequestIdentity: RouterMiddleware {
  typealias Context = AppContext
  static let header = HTTPField.Name("X-Request-ID")

  func handle(
    _ request: Request, context: AppContext, next: @concurrent (Request, AppContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    context.requestID = RequestIdentity.given(request) ?? context.id
    context.logger[metadataKey: "hb.request.id"] = .string(context.requestID)
    var response = try await next(request, context)
    if let header = RequestIdentity.header { response.headers[header] = context.requestID }
    return response
  }

  private static func given(_ request: Request) -> String? {
    guard let header, let text = request.headers[header], (1...64).contains(text.utf8.count) else { return nil }
    let isPlain = text.unicodeScalars.allSatisfy { $0.properties.isASCIIHexDigit || $0.isASCIILetter || $0 == "-" }
    return isPlain ? text : nil
  }
}

extension Unicode.Scalar {
  fileprivate var isASCIILetter: Bool { isASCII && properties.isAlphabetic }
}
