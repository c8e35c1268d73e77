import Testing

@testable import TaskService

extension TaskServiceTests {
  /// Making, reading, changing and removing each kind of row.
  @Suite struct Resources {
    @Test(arguments: Engine.tested) func users(_ engine: Engine) async throws {
      try await TestService.run(engine) { service in
        let made = try await service.post("/users", #"{"email": " Ada@Example.com ", "name": "Ada Łovelace 🧮"}"#)
        #expect(made.status == 201)
        #expect(made.json["email"] == .text("ada@example.com"))
        let path = "/users/\(made.id)"
        #expect(try await service.get(path).json == made.json)
        let changed = try await service.patch(path, #"{"name": "Ada King"}"#)
        #expect(changed.status == 200 && changed.json["name"] == .text("Ada King"))
        #expect(changed.json["email"] == made.json["email"] && changed.json["createdAt"] == made.json["createdAt"])
        #expect(try await service.get("/users?search=KING").json["total"] == .number(1))
        #expect(try await service.delete(path).status == 204)
        #expect(try await service.delete(path).status == 404)
        #expect(try await service.get(path).status == 404)
        #expect(try await service.patch(path, #"{"name": "Nobody"}"#).status == 404)
      }
    }

    @Test(arguments: Engine.tested) func workspacesAndProjects(_ engine: Engine) async throws {
      try await TestService.run(engine) { service in
        let ground = try await service.ground()
        let workspace = try await service.patch("/workspaces/\(ground.workspace)", #"{"name": "Renamed"}"#)
        #expect(workspace.json["name"] == .text("Renamed") && workspace.json["slug"] == .text("space-one"))
        #expect(try await service.get("/workspaces?owner=\(ground.user)").json["total"] == .number(1))

        let path = "/projects/\(ground.project)"
        let project = try await service.patch(path, #"{"summary": "What it is", "isArchived": true}"#)
        #expect(project.json["summary"] == .text("What it is") && project.json["isArchived"] == .bool(true))
        let cleared = try await service.patch(path, #"{"summary": null}"#)
        #expect(cleared.json["summary"] == .null && cleared.json["isArchived"] == .bool(true))
        let archived = try await service.get("/projects?workspace=\(ground.workspace)&archived=true")
        #expect(archived.json["items"].items.map { $0["id"].int } == [ground.project])

        let inUse = try await service.delete("/workspaces/\(ground.workspace)")
        #expect(inUse.status == 409 && inUse.error["code"] == .text("workspace_in_use"))
        for project in ground.projects { #expect(try await service.delete("/projects/\(project)").status == 204) }
        #expect(try await service.delete("/workspaces/\(ground.workspace)").status == 204)
      }
    }

    @Test(arguments: Engine.tested) func tasks(_ engine: Engine) async throws {
      try await TestService.run(engine) { service in
        let ground = try await service.ground()
        let label = try await service.make(
          "/labels", ##"{"workspaceID": \##(ground.workspace), "name": "bug", "color": "#D73A4A"}"##)
        let made = try await service.post(
          "/tasks",
          #"""
          {"projectID": \#(ground.project), "title": "Grüße 🎉", "details": "It's 100% \"done\" \\ _not_",
           "priority": "urgent", "assigneeID": \#(ground.user), "dueOn": "2026-02-28", "labelIDs": [\#(label)],
           "metadata": {"estimateHours": 2.5, "links": ["https://example.com/ä"]}}
          """#)
        #expect(made.status == 201, "\(made.text)")
        let path = "/tasks/\(made.id)"
        let task = try await service.get(path).json
        #expect(task == made.json)
        #expect(task["title"] == .text("Grüße 🎉") && task["details"] == .text(#"It's 100% "done" \ _not_"#))
        #expect(task["status"] == .text("todo") && task["priority"] == .text("urgent"))
        #expect(task["dueOn"] == .text("2026-02-28") && task["version"] == .number(1))
        #expect(task["metadata"]["estimateHours"] == .number(2.5))
        #expect(task["metadata"]["links"].items == [.text("https://example.com/ä")])
        #expect(task["labels"].items.map { $0["name"] } == [.text("bug")])
        #expect(task["labels"].items.map { $0["color"] } == [.text("#d73a4a")])

        let changed = try await service.patch(path, #"{"status": "done", "assigneeID": null, "dueOn": null}"#).json
        #expect(changed["status"] == .text("done") && changed["version"] == .number(2))
        #expect(changed["assigneeID"] == .null && changed["dueOn"] == .null)
        #expect(changed["title"] == task["title"] && changed["metadata"] == task["metadata"])
        #expect(try await service.delete(path).status == 204)
        #expect(try await service.get(path).status == 404)
      }
    }

    @Test(arguments: Engine.tested) func labels(_ engine: Engine) async throws {
      try await TestService.run(engine) { service in
        let ground = try await service.ground()
        let task = try await service.makeTask(ground.project)
        let label = try await service.make("/labels", #"{"workspaceID": \#(ground.workspace), "name": "bug"}"#)
        let path = "/tasks/\(task)/labels/\(label)"
        for _ in 0..<2 {
          let marked = try await service.put(path)
          #expect(marked.status == 200 && marked.json["labels"].items.count == 1)
        }
        let list = try await service.get("/labels?workspace=\(ground.workspace)").json
        #expect(list["items"].items.map { $0["tasks"] } == [.number(1)])
        #expect(try await service.patch("/labels/\(label)", #"{"name": "defect"}"#).json["name"] == .text("defect"))
        #expect(try await service.delete(path).status == 204)
        #expect(try await service.delete(path).status == 404)
        #expect(try await service.put(path).status == 200)
        #expect(try await service.delete("/labels/\(label)").status == 204)
        #expect(try await service.get("/tasks/\(task)").json["labels"].items == [])

        let other = try await service.ground("two")
        let foreign = try await service.make("/labels", #"{"workspaceID": \#(other.workspace), "name": "bug"}"#)
        let refused = try await service.put("/tasks/\(task)/labels/\(foreign)")
        #expect(refused.status == 409 && refused.error["code"] == .text("other_workspace"))
      }
    }

    @Test(arguments: Engine.tested) func comments(_ engine: Engine) async throws {
      try await TestService.run(engine) { service in
        let ground = try await service.ground()
        let task = try await service.makeTask(ground.project)
        var ids: [Int] = []
        for number in 1...5 {
          ids.append(
            try await service.make(
              "/tasks/\(task)/comments", #"{"authorID": \#(ground.user), "body": "Comment\n\#(number)"}"#))
        }
        var seen: [Int] = []
        var path: String? = "/tasks/\(task)/comments?limit=2"
        while let next = path {
          let thread = try await service.get(next).json
          seen += thread["items"].items.compactMap { $0["id"].int }
          #expect(thread["items"].items.allSatisfy { $0["author"] == .text("User one") })
          path = thread["next"].int.map { "/tasks/\(task)/comments?limit=2&after=\($0)" }
        }
        #expect(seen == ids)
        let changed = try await service.patch("/comments/\(ids[0])", #"{"body": "Never mind"}"#)
        #expect(changed.json["body"] == .text("Never mind") && changed.json["taskID"] == .number(Double(task)))

        let inUse = try await service.delete("/users/\(ground.user)")
        #expect(inUse.status == 409)
        #expect(try await service.delete("/comments/\(ids[1])").status == 204)
        #expect(try await service.delete("/projects/\(ground.project)").status == 204)
        #expect(try await service.delete("/comments/\(ids[0])").status == 404, "deleted with its task")
      }
    }
  }
}
