#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import Hummingbird
import Rowan

/// What a request carries along.
struct AppContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// Names the request in logs, in events of the database, and to the client.
  var requestID = ""

  init(source: Source) { coreContext = CoreRequestContextStorage(source: source) }

  var requestDecoder: JSONBodyDecoder { JSONBodyDecoder() }

  var responseEncoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }

  /// The identifier in the path, called `name` there.
  func id<Owner>(_ name: String = "id", of _: Owner.Type) throws -> ID<Owner, Int64> {
    guard let id = parameters.get(name).flatMap({ ID<Owner, Int64>($0) }) else {
      throw APIError.malformed("invalid_id", "identifiers are numbers", field: name)
    }
    return id
  }
}

/// A response with the status 201.
struct Created<Content: ResponseEncodable & Sendable>: ResponseGenerator, Sendable {
  let content: Content

  init(_ content: Content) { self.content = content }

  func response(from request: Request, context: some RequestContext) throws -> Response {
    var response = try content.response(from: request, context: context)
    response.status = .created
    return response
  }
}
