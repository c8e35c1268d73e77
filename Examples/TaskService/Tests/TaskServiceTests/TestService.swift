import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Rowan
import Testing

@testable import TaskService

/// Every test of the service. One at a time: each starts a service, and some count what many requests at once come to.
@Suite(.serialized) enum TaskServiceTests {}

/// The service's own migrations.
let migrationsFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().appendingPathComponent("Migrations").path

/// A running service and its database.
struct TestService {
  let client: any TestClientProtocol
  let db: Database

  /// Runs `body` with a service on an empty database of `engine`.
  static func run(
    _ engine: Engine, seeded: Bool = false, events: Bool = false, _ body: @Sendable (TestService) async throws -> Void
  ) async throws {
    try await engine.withDatabaseURL { url in
      let db = try await TaskApplication.openDatabase(url, migrations: migrationsFolder)
      do {
        if seeded { _ = try await Seeder().fill(db) }
        let app = TaskApplication.make(db, events: events ? EventLog(db) : nil, logLevel: .critical)
        try await app.test(.router) { client in try await body(TestService(client: client, db: db)) }
      } catch {
        await db.close()
        throw error
      }
      await db.close()
    }
  }

  /// What the service answered.
  struct Answer: Sendable {
    let status: Int
    let json: JSONValue
    let text: String
    let headers: HTTPFields

    var id: Int { json["id"].int ?? -1 }
    var error: JSONValue { json["error"] }
  }

  @discardableResult
  func send(
    _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, headers: HTTPFields = [:]
  ) async throws -> Answer {
    let buffer = body.map { ByteBuffer(string: $0) }
    let response = try await client.execute(uri: path, method: method, headers: headers, body: buffer)
    let text = String(buffer: response.body)
    let json = text.isEmpty ? JSONValue.null : try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    return Answer(status: response.status.code, json: json, text: text, headers: response.headers)
  }

  func get(_ path: String) async throws -> Answer { try await send(.get, path) }
  func post(_ path: String, _ body: String) async throws -> Answer { try await send(.post, path, body) }
  func patch(_ path: String, _ body: String) async throws -> Answer { try await send(.patch, path, body) }
  func put(_ path: String) async throws -> Answer { try await send(.put, path) }
  func delete(_ path: String) async throws -> Answer { try await send(.delete, path) }

  /// Makes a row and returns its identifier.
  func make(_ path: String, _ body: String, location: SourceLocation = #_sourceLocation) async throws -> Int {
    let answer = try await post(path, body)
    #expect(answer.status == 201, "\(answer.text)", sourceLocation: location)
    return answer.id
  }

  /// A user, a workspace and two projects to work with.
  struct Ground: Sendable {
    let user: Int
    let workspace: Int
    let projects: [Int]
    var project: Int { projects[0] }
  }

  func ground(_ name: String = "one") async throws -> Ground {
    let user = try await make("/users", #"{"email": "\#(name)@example.com", "name": "User \#(name)"}"#)
    let workspace = try await make(
      "/workspaces", #"{"slug": "space-\#(name)", "name": "Space \#(name)", "ownerID": \#(user)}"#)
    var projects: [Int] = []
    for letter in ["A", "B"] {
      projects.append(
        try await make("/projects", #"{"workspaceID": \#(workspace), "name": "Project \#(letter)"}"#))
    }
    return Ground(user: user, workspace: workspace, projects: projects)
  }

  func makeTask(_ project: Int, _ title: String = "A task", more: String = "") async throws -> Int {
    try await make("/tasks", #"{"projectID": \#(project), "title": "\#(title)"\#(more)}"#)
  }
}
