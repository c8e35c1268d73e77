import Rowan
import Testing

@testable import TaskService

extension TaskServiceTests {
  /// Filters, sorting and paging of lists.
  @Suite struct Lists {
    @Test(arguments: Engine.tested) func filters(_ engine: Engine) async throws {
      try await TestService.run(engine) { service in
        let ground = try await service.ground()
        let other = try await service.ground("two")
        let bug = try await service.make("/labels", #"{"workspaceID": \#(ground.workspace), "name": "bug"}"#)
        let docs = try await service.make("/labels", #"{"workspaceID": \#(ground.workspace), "name": "docs"}"#)
        let (a, b) = (ground.project, ground.projects[1])
        let one = try await service.makeTask(
          a, "Fix 100% of it", more: #", "status": "in_progress", "labelIDs": [\#(bug), \#(docs)]"#)
        let two = try await service.makeTask(
          b, "Say it's_here", more: #", "priority": "high", "labelIDs": [\#(bug)], "dueOn": "2026-01-10""#)
        let three = try await service.makeTask(
          b, "Nothing", more: #", "details": "100 percent", "assigneeID": \#(ground.user), "dueOn": "2026-01-20""#)
        let four = try await service.makeTask(other.project, "Fix 100% elsewhere", more: #", "status": "done""#)

        func ids(_ query: String) async throws -> [Int] {
          let answer = try await service.get("/tasks?sort=createdAt&\(query)")
          #expect(answer.status == 200, "\(query): \(answer.text)")
          let ids = answer.json["items"].items.compactMap { $0["id"].int }
          #expect(answer.json["total"].int == ids.count)
          return ids.sorted()
        }
        #expect(try await ids("workspace=\(ground.workspace)") == [one, two, three])
        #expect(try await ids("project=\(b)") == [two, three])
        #expect(try await ids("status=in_progress,done") == [one, four])
        #expect(try await ids("priority=high,urgent") == [two])
        #expect(try await ids("assignee=\(ground.user)") == [three])
        #expect(try await ids("assignee=none&project=\(b)") == [two])
        #expect(try await ids("label=bug") == [one, two])
        #expect(try await ids("label=bug&label=docs") == [one])
        #expect(try await ids("label=nosuch") == [])
        #expect(try await ids("text=fix") == [one, four])
        #expect(try await ids("text=100%25") == [one, four], "a percent sign is no wildcard")
        #expect(try await ids("text=s_h") == [two], "an underscore is no wildcard")
        #expect(try await ids("text=T%27S_") == [two], "quotes need no care, case does not matter")
        #expect(try await ids("text=PERCENT") == [three], "details are searched too")
        #expect(try await ids("text=%5C") == [], "a backslash is no escape")
        #expect(try await ids("dueBefore=2026-01-20") == [two])
        #expect(try await ids("workspace=\(ground.workspace)&label=bug&status=todo&text=here") == [two])
      }
    }

    @Test(arguments: Engine.tested) func sorting(_ engine: Engine) async throws {
      try await TestService.run(engine) { service in
        let ground = try await service.ground()
        let low = try await service.makeTask(ground.project, "b", more: #", "priority": "low""#)
        let urgent = try await service.makeTask(
          ground.project, "c", more: #", "priority": "urgent", "dueOn": "2026-03-01""#)
        let normal = try await service.makeTask(ground.project, "a", more: #", "dueOn": "2026-02-01""#)
        func ids(_ sort: String) async throws -> [Int] {
          try await service.get("/tasks?\(sort)").json["items"].items.compactMap { $0["id"].int }
        }
        #expect(try await ids("") == [urgent, normal, low])
        #expect(try await ids("sort=priority") == [low, normal, urgent])
        #expect(try await ids("sort=title") == [normal, low, urgent])
        #expect(try await ids("sort=-title") == [urgent, low, normal])
        #expect(try await ids("sort=dueOn") == [normal, urgent, low], "without a date comes last")
        #expect(try await ids("sort=-dueOn") == [urgent, normal, low], "without a date comes last here too")
        #expect(try await ids("sort=status,-createdAt").count == 3)
      }
    }

    @Test(arguments: Engine.tested) func paging(_ engine: Engine) async throws {
      try await TestService.run(engine) { service in
        let ground = try await service.ground()
        let project = ID<Project, Int64>(Int64(ground.project))
        let drafts = (1...45).map { TaskItem.Draft(projectID: project, title: "Task \($0)") }
        try await TaskItem.insert(drafts).run(service.db)
        var seen: Set<Int> = []
        for page in 1...4 {
          let answer = try await service.get("/tasks?perPage=15&page=\(page)").json
          let ids = answer["items"].items.compactMap { $0["id"].int }
          #expect(ids.count == (page < 4 ? 15 : 0))
          #expect(answer["total"] == .number(45) && answer["page"].int == page)
          seen.formUnion(ids)
        }
        #expect(seen.count == 45, "no row is on two pages, none on no page")
        #expect(try await service.get("/tasks").json["items"].items.count == 20)
      }
    }

    /// The same rows in the same order, whichever the engine; only the numbers that engines hand out as keys may differ.
    @Test(arguments: Engine.tested) func seededRows(_ engine: Engine) async throws {
      let queries = [
        "/tasks?sort=-priority,dueOn,createdAt&perPage=100", "/tasks?label=bug&status=todo,in_progress&sort=createdAt",
        "/tasks?text=AUDIT&assignee=none&sort=-updatedAt", "/labels?perPage=8", "/projects?sort=createdAt",
        "/workspaces", "/users?search=ada&sort=email",
      ]
      func answers(_ engine: Engine) async throws -> [JSONValue] {
        let answers = Answers()
        try await TestService.run(engine, seeded: true) { service in
          for query in queries { await answers.add(try await service.get(query).json.withoutKeys) }
          let workspace = try await service.get("/workspaces").json["items"].items.first?["id"].int ?? 0
          await answers.add(try await service.get("/workspaces/\(workspace)/summary").json["tasks"])
        }
        return await answers.all
      }
      let found = try await answers(engine)
      let wanted = try await answers(.sqlite)
      for (query, (one, other)) in zip(queries + ["summary"], zip(found, wanted)) {
        let isSame = one == other
        #expect(isSame, "\(query)")
      }
      #expect(found.count == queries.count + 1)
      #expect(found.first?["items"].items.count == 100)
    }

    @Test func seedingTwiceChangesNothing() async throws {
      try await TestService.run(.sqlite, seeded: true) { service in
        #expect(try await Seeder().fill(service.db) == nil)
        let counts = Seeder.Counts(
          users: try await User.all().fetchCount(service.db),
          workspaces: try await Workspace.all().fetchCount(service.db),
          projects: try await Project.all().fetchCount(service.db),
          labels: try await Label.all().fetchCount(service.db),
          tasks: try await TaskItem.all().fetchCount(service.db),
          taskLabels: try await TaskLabel.all().fetchCount(service.db), comments: 3507)
        #expect(
          counts
            == Seeder.Counts(
              users: 48, workspaces: 4, projects: 24, labels: 32, tasks: 2400, taskLabels: 3584, comments: 3507))
      }
    }

    private actor Answers {
      var all: [JSONValue] = []
      func add(_ answer: JSONValue) { all.append(answer) }
    }
  }
}
