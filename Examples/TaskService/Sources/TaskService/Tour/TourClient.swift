import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Sends requests to the service.
struct TourClient {
  let base: String

  /// What came back.
  struct Answer {
    let status: Int
    let body: Data

    func decoded<T: Decodable>(_ type: T.Type = T.self) throws -> T { try JSONDecoder().decode(type, from: body) }
  }

  func send(_ method: String, _ path: String, body: String?, id: String) async throws -> Answer {
    guard let url = URL(string: base + path) else { throw TourFailure("'\(base + path)' is no URL") }
    var request = URLRequest(url: url, timeoutInterval: 30)
    request.httpMethod = method
    request.setValue(id, forHTTPHeaderField: "X-Request-ID")
    if let body {
      request.setValue("application/json", forHTTPHeaderField: "Content-Type")
      request.httpBody = Data(body.utf8)
    }
    let (data, response) = try await URLSession.shared.data(for: request)
    guard let http = response as? HTTPURLResponse else { throw TourFailure("no HTTP answer to \(method) \(path)") }
    return Answer(status: http.statusCode, body: data)
  }
}

/// Ends the tour.
struct TourFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
