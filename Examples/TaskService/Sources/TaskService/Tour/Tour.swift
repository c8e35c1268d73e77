import Foundation

/// The tour itself: each step checks the status it expects, so that the tour fails where the service does.
struct Tour {
  let client: TourClient
  /// Whether a service that does not show its SQL is a failure.
  let needsEvents: Bool
  /// Sets this tour's rows and requests apart from those of earlier ones.
  private let mark = String(UInt32.random(in: .min ... .max), radix: 36)

  init(client: TourClient, needsEvents: Bool) {
    self.client = client
    self.needsEvents = needsEvents
  }

  struct Row: Decodable {
    let id: Int64
    let version: Int?
    let projectID: Int64?
    let workspaceID: Int64?
  }

  struct Rows: Decodable { let items: [Row] }

  struct Event: Decodable {
    let event: String
    let sql: String?
    let values: Int?
    let rows: Int?
    let affectedRows: Int?
    let microseconds: Int?
  }

  struct Events: Decodable { let events: [Event] }

  func walk() async throws {
    let workspace = try await lookAround()
    let (user, task) = try await write(in: workspace)
    try await discuss(task, as: user)
    try await moveTasks(of: workspace)
    try await show(["list-\(mark)", "move-\(mark)", "refused-\(mark)"])
    TourPrinter.title("Clean up")
    try await step("DELETE", "/tasks/\(task.id)", expecting: 204)
    try await step("GET", "/tasks/\(task.id)", expecting: 404)
    try await step("DELETE", "/users/\(user.id)", expecting: 204)
    print("\nThe tour is over: every answer had the expected status.")
  }

  private func lookAround() async throws -> Row {
    TourPrinter.title("Look around")
    try await step("GET", "/health", expecting: 200)
    let found: Rows = try await step("GET", "/workspaces?perPage=2", expecting: 200, lines: 18).decoded()
    guard let workspace = found.items.first else { throw TourFailure("there is no workspace: start with --seed") }
    try await step("GET", "/workspaces/\(workspace.id)/summary", expecting: 200, lines: 30)
    let query = "workspace=\(workspace.id)&status=todo,in_progress&label=bug&text=the&sort=-priority,dueOn&perPage=2"
    try await step("GET", "/tasks?\(query)", expecting: 200, lines: 60, id: "list-\(mark)")
    try await step("GET", "/tasks?sort=password", expecting: 400)
    return workspace
  }

  private func write(in workspace: Row) async throws -> (user: Row, task: Row) {
    TourPrinter.title("Write")
    let person = #"{"email": "tour-\#(mark)@example.com", "name": "Tour Guide"}"#
    let user: Row = try await step("POST", "/users", person, expecting: 201).decoded()
    try await step("POST", "/users", person, expecting: 409)
    try await step("POST", "/users", #"{"email": "tour", "name": "Tour Guide"}"#, expecting: 422)
    try await step("POST", "/users", #"{"email": "#, expecting: 400)

    let projects: Rows = try await client.send(
      "GET", "/projects?workspace=\(workspace.id)", body: nil, id: "projects-\(mark)"
    ).decoded()
    guard let project = projects.items.first else { throw TourFailure("the workspace has no project") }
    let new =
      #"{"projectID": \#(project.id), "title": "Take the tour", "priority": "high", "assigneeID": \#(user.id), "#
      + #""dueOn": "2026-12-24", "metadata": {"estimateHours": 0.5}}"#
    let task: Row = try await step("POST", "/tasks", new, expecting: 201, lines: 30).decoded()
    let change = #"{"status": "in_progress", "assigneeID": null, "version": 1}"#
    try await step("PATCH", "/tasks/\(task.id)", change, expecting: 200, lines: 30)
    try await step("PATCH", "/tasks/\(task.id)", change, expecting: 409)
    return (user, task)
  }

  private func discuss(_ task: Row, as user: Row) async throws {
    TourPrinter.title("Discuss")
    var last: Row?
    for text in ["Where does it start?", "At the health check."] {
      let comment = #"{"authorID": \#(user.id), "body": "\#(text)"}"#
      last = try await step("POST", "/tasks/\(task.id)/comments", comment, expecting: 201, lines: 8).decoded()
    }
    try await step("GET", "/tasks/\(task.id)/comments?limit=1", expecting: 200)
    try await step("DELETE", "/users/\(user.id)", expecting: 409)
    if let last { try await step("DELETE", "/comments/\(last.id)", expecting: 204) }
  }

  private func moveTasks(of workspace: Row) async throws {
    TourPrinter.title("Move tasks, all or none")
    let projects: Rows = try await client.send(
      "GET", "/projects?workspace=\(workspace.id)", body: nil, id: "projects-\(mark)"
    ).decoded()
    guard let from = projects.items.first, let to = projects.items.last, from.id != to.id else {
      throw TourFailure("the workspace has fewer than two projects")
    }
    let tasks: Rows = try await client.send(
      "GET", "/tasks?project=\(from.id)&status=done&perPage=3", body: nil, id: "tasks-\(mark)"
    ).decoded()
    let ids = tasks.items.map(\.id)
    func move(_ ids: [Int64], to project: Int64) -> String {
      #"{"taskIDs": [\#(ids.map(String.init).joined(separator: ", "))], "projectID": \#(project)}"#
    }
    try await step("POST", "/tasks/move", move(ids, to: to.id), expecting: 200, id: "move-\(mark)")
    try await step("POST", "/tasks/move", move(ids + [0], to: from.id), expecting: 404, id: "refused-\(mark)")
    if let first = ids.first {
      let task: Row = try await step("GET", "/tasks/\(first)", expecting: 200, lines: 0).decoded()
      guard task.projectID == to.id else { throw TourFailure("a refused move has moved task \(first)") }
      print("  … still in project \(to.id): the refused move changed nothing")
    }
    let others: Rows = try await client.send("GET", "/projects", body: nil, id: "projects-\(mark)").decoded()
    if let foreign = others.items.first(where: { $0.workspaceID != workspace.id }) {
      try await step("POST", "/tasks/move", move(ids, to: foreign.id), expecting: 409)
    }
  }

  /// The SQL behind some requests of the tour, where the service tells.
  private func show(_ requests: [String]) async throws {
    TourPrinter.title("The SQL behind three of these requests")
    for id in requests {
      let answer = try await client.send("GET", "/debug/events?request=\(id)", body: nil, id: "events-\(mark)")
      guard answer.status == 200 else {
        if needsEvents { throw TourFailure("GET /debug/events: expected 200, got \(answer.status)") }
        print("The service shows it when started with --events.")
        return
      }
      print("\n# \(id.prefix { $0 != "-" })")
      let events = try answer.decoded(Events.self).events
      guard events.contains(where: { $0.sql != nil }) else { throw TourFailure("there is no SQL behind \(id)") }
      for event in events { TourPrinter.event(event) }
    }
  }

  @discardableResult
  private func step(
    _ method: String, _ path: String, _ body: String? = nil, expecting status: Int, lines: Int = 14, id: String? = nil
  ) async throws -> TourClient.Answer {
    TourPrinter.request(method, path, body)
    let answer = try await client.send(method, path, body: body, id: id ?? "tour-\(mark)")
    TourPrinter.answer(answer, lines: lines)
    guard answer.status == status else {
      throw TourFailure("\(method) \(path): expected \(status), got \(answer.status)")
    }
    return answer
  }
}
