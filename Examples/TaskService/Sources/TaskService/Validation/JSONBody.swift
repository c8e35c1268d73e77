#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import Hummingbird

/// Reads request bodies, and says of a wrong one which field is at fault.
struct JSONBodyDecoder: RequestDecoder {
  func decode<T: Decodable>(_ type: T.Type, from request: Request, context: some RequestContext) async throws -> T {
    if let content = request.headers[.contentType], !content.lowercased().hasPrefix("application/json") {
      throw APIError(
        status: .unsupportedMediaType, code: "unsupported_media_type", message: "the body must be application/json")
    }
    let buffer = try await request.body.collect(upTo: context.maxUploadSize)
    do {
      return try JSONDecoder().decode(type, from: Data(buffer.readableBytesView))
    } catch let error as DecodingError {
      throw APIError(error)
    }
  }
}

extension APIError {
  /// A body that is no JSON is 400; one whose fields are wrong is 422.
  fileprivate init(_ error: DecodingError) {
    switch error {
    case .keyNotFound(let key, let context):
      self = .invalid(context.codingPath.text(then: key), "the field is missing", code: "missing_field")
    case .valueNotFound(_, let context):
      self = .invalid(context.codingPath.text(), "the field cannot be null", code: "missing_field")
    case .typeMismatch(_, let context):
      if context.codingPath.isEmpty {
        self = .malformed("invalid_json", "the body must be a JSON object")
      } else {
        self = .invalid(context.codingPath.text(), "the field has the wrong type", code: "wrong_type")
      }
    case .dataCorrupted(let context):
      if context.codingPath.isEmpty {
        self = .malformed("invalid_json", "the body is not valid JSON")
      } else {
        self = .invalid(context.codingPath.text(), "the field has no such value")
      }
    @unknown default:
      self = .malformed("invalid_json", "the body cannot be read")
    }
  }
}

extension [any CodingKey] {
  /// The path as clients write it: `metadata.links[0]`.
  fileprivate func text(then last: (any CodingKey)? = nil) -> String {
    var text = ""
    for key in self + (last.map { [$0] } ?? []) {
      if let index = key.intValue {
        text += "[\(index)]"
      } else {
        text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
      }
    }
    return text
  }
}
