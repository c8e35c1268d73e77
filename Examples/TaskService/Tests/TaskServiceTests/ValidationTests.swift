import HTTPTypes
import Testing

@testable import TaskService

extension TaskServiceTests {
  /// Requests that are refused, and what they are told.
  @Suite struct Validation {
    struct Case: Sendable, CustomTestStringConvertible {
      let method: HTTPRequest.Method
      let path: String
      var body: String?
      let status: Int
      let code: String
      var field: String?
      var testDescription: String { "\(method) \(path) \(body ?? "")" }

      init(_ method: HTTPRequest.Method, _ path: String, _ status: Int, _ code: String, _ field: String? = nil) {
        (self.method, self.path, self.status, self.code, self.field) = (method, path, status, code, field)
      }

      init(
        _ method: HTTPRequest.Method, _ path: String, _ body: String, _ status: Int, _ code: String,
        _ field: String? = nil
      ) {
        (self.method, self.path, self.body, self.status, self.code, self.field) =
          (method, path, body, status, code, field)
      }
    }

    /// On a database with the user, workspace and projects 1 and 2, the task 1 and the label 1.
    static let cases: [Case] = [
      Case(.get, "/nowhere", 404, "not_found"),
      Case(.get, "/users/999", 404, "not_found"),
      Case(.get, "/users/abc", 400, "invalid_id", "id"),
      Case(.get, "/users/99999999999999999999", 400, "invalid_id", "id"),
      Case(.get, "/users?page=0", 400, "invalid_parameter", "page"),
      Case(.get, "/users?perPage=101", 400, "invalid_parameter", "perPage"),
      Case(.get, "/users?perPage=ten", 400, "invalid_parameter", "perPage"),
      Case(.get, "/users?sort=password", 400, "invalid_parameter", "sort"),
      Case(.get, "/users?nosuch=1", 400, "unknown_parameter", "nosuch"),
      Case(.get, "/users?page=1&page=2", 400, "repeated_parameter", "page"),
      Case(.get, "/tasks?status=lost", 400, "invalid_parameter", "status"),
      Case(.get, "/tasks?assignee=me", 400, "invalid_parameter", "assignee"),
      Case(.get, "/tasks?dueBefore=2026-02-30", 400, "invalid_parameter", "dueBefore"),
      Case(.get, "/projects?archived=maybe", 400, "invalid_parameter", "archived"),
      Case(.get, "/tasks/999/comments", 404, "not_found"),
      Case(.get, "/tasks/1/comments?limit=0", 400, "invalid_parameter", "limit"),
      Case(.post, "/users", "", 400, "invalid_json"),
      Case(.post, "/users", "{", 400, "invalid_json"),
      Case(.post, "/users", "[]", 400, "invalid_json"),
      Case(.post, "/users", #"{"name": "A"}"#, 422, "missing_field", "email"),
      Case(.post, "/users", #"{"email": null, "name": "A"}"#, 422, "missing_field", "email"),
      Case(.post, "/users", #"{"email": 5, "name": "A"}"#, 422, "wrong_type", "email"),
      Case(.post, "/users", #"{"email": "a@b.c", "name": "  "}"#, 422, "invalid_value", "name"),
      Case(.post, "/users", #"{"email": "a@b.c", "name": "a\nb"}"#, 422, "invalid_value", "name"),
      Case(.post, "/users", #"{"email": "a@b.c", "name": "a\u0000b"}"#, 422, "invalid_value", "name"),
      Case(.post, "/users", #"{"email": "nobody", "name": "A"}"#, 422, "invalid_value", "email"),
      Case(.post, "/users", #"{"email": "ONE@example.com", "name": "A"}"#, 409, "email_taken", "email"),
      Case(.patch, "/users/1", "{}", 422, "nothing_to_change"),
      Case(.patch, "/users/1", #"{"name": null}"#, 422, "missing_field", "name"),
      Case(.delete, "/users/1", 409, "user_in_use"),
      Case(.post, "/workspaces", #"{"slug": "A b", "name": "A", "ownerID": 1}"#, 422, "invalid_value", "slug"),
      Case(.post, "/workspaces", #"{"slug": "ab", "name": "A", "ownerID": 999}"#, 422, "unknown_user", "ownerID"),
      Case(.post, "/workspaces", #"{"slug": "space-one", "name": "A", "ownerID": 1}"#, 409, "slug_taken", "slug"),
      Case(.post, "/projects", #"{"workspaceID": 9, "name": "A"}"#, 422, "unknown_workspace", "workspaceID"),
      Case(.post, "/projects", #"{"workspaceID": 1, "name": "Project A"}"#, 409, "name_taken", "name"),
      Case(.patch, "/projects/2", #"{"name": "Project A"}"#, 409, "name_taken", "name"),
      Case(.post, "/labels", #"{"workspaceID": 1, "name": "x", "color": "red"}"#, 422, "invalid_value", "color"),
      Case(.post, "/labels", #"{"workspaceID": 1, "name": "bug"}"#, 409, "name_taken", "name"),
      Case(.post, "/tasks", #"{"projectID": 99, "title": "A"}"#, 422, "unknown_project", "projectID"),
      Case(.post, "/tasks", #"{"projectID": 1, "title": "A", "assigneeID": 9}"#, 422, "unknown_user", "assigneeID"),
      Case(.post, "/tasks", #"{"projectID": 1, "title": "A", "labelIDs": [9]}"#, 422, "unknown_label", "labelIDs"),
      Case(.post, "/tasks", #"{"projectID": 1, "title": ""}"#, 422, "invalid_value", "title"),
      Case(.post, "/tasks", #"{"projectID": 1, "title": "A", "status": "lost"}"#, 422, "invalid_value", "status"),
      Case(.post, "/tasks", #"{"projectID": 1, "title": "A", "priority": 3}"#, 422, "wrong_type", "priority"),
      Case(.post, "/tasks", #"{"projectID": 1, "title": "A", "dueOn": "2026-02-30"}"#, 422, "invalid_value", "dueOn"),
      Case(.post, "/tasks", #"{"projectID": 1, "title": "A", "dueOn": "0001-01-01"}"#, 422, "invalid_value", "dueOn"),
      Case(
        .post, "/tasks", #"{"projectID": 1, "title": "A", "metadata": {"estimateHours": -1}}"#, 422, "invalid_value",
        "metadata.estimateHours"),
      Case(
        .post, "/tasks", #"{"projectID": 1, "title": "A", "metadata": {"links": ["https://a.example", "x"]}}"#, 422,
        "invalid_value", "metadata.links[1]"),
      Case(
        .post, "/tasks", #"{"projectID": 1, "title": "A", "metadata": {"links": [1]}}"#, 422, "wrong_type",
        "metadata.links[0]"),
      Case(.patch, "/tasks/1", #"{"status": null}"#, 422, "missing_field", "status"),
      Case(.patch, "/tasks/1", #"{"version": 1}"#, 422, "nothing_to_change"),
      Case(.patch, "/tasks/1", #"{"title": "B", "version": 7}"#, 409, "stale_version", "version"),
      Case(.patch, "/tasks/99", #"{"title": "B", "version": 7}"#, 404, "not_found"),
      Case(.post, "/tasks/1/comments", #"{"authorID": 1, "body": ""}"#, 422, "invalid_value", "body"),
      Case(.post, "/tasks/1/comments", #"{"authorID": 9, "body": "x"}"#, 422, "unknown_user", "authorID"),
      Case(.post, "/tasks/9/comments", #"{"authorID": 1, "body": "x"}"#, 404, "not_found"),
      Case(.put, "/tasks/9/labels/1", 404, "not_found"),
      Case(.put, "/tasks/1/labels/9", 404, "not_found"),
      Case(.post, "/tasks/move", #"{"taskIDs": [], "projectID": 2}"#, 422, "invalid_value", "taskIDs"),
      Case(.post, "/tasks/move", #"{"taskIDs": [1], "projectID": 99}"#, 422, "unknown_project", "projectID"),
      Case(.post, "/tasks/move", #"{"taskIDs": [1, 99], "projectID": 2}"#, 404, "tasks_not_found", "taskIDs"),
      Case(.get, "/debug/events?request=x", 404, "not_found"),
    ]

    @Test(arguments: Engine.tested) func refusals(_ engine: Engine) async throws {
      try await TestService.run(engine) { service in
        let ground = try await service.ground()
        #expect(ground.user == 1 && ground.workspace == 1 && ground.projects == [1, 2])
        #expect(try await service.makeTask(1) == 1)
        #expect(try await service.make("/labels", #"{"workspaceID": 1, "name": "bug"}"#) == 1)
        for test in Validation.cases {
          let answer = try await service.send(test.method, test.path, test.body)
          #expect(answer.status == test.status, "\(test): \(answer.text)")
          #expect(answer.error["code"] == .text(test.code), "\(test): \(answer.text)")
          #expect(answer.error["field"].string == test.field, "\(test): \(answer.text)")
          #expect(answer.error["message"].string?.isEmpty == false, "\(test): \(answer.text)")
        }
        #expect(try await service.get("/tasks/1").json["version"] == .number(1), "nothing of it has changed the task")
      }
    }

    @Test func lengths() async throws {
      try await TestService.run(.sqlite) { service in
        let ground = try await service.ground()
        let longest = String(repeating: "ä", count: 200)
        #expect(try await service.makeTask(ground.project, longest) > 0)
        let longer = try await service.post("/tasks", #"{"projectID": 1, "title": "\#(longest)x"}"#)
        #expect(longer.status == 422 && longer.error["field"] == .text("title"))
      }
    }

    @Test func otherMediaTypes() async throws {
      try await TestService.run(.sqlite) { service in
        let answer = try await service.send(.post, "/users", "a=b", headers: [.contentType: "text/plain"])
        #expect(answer.status == 415 && answer.error["code"] == .text("unsupported_media_type"))
      }
    }
  }
}
