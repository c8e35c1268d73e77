import Testing

@testable import TaskService

extension TaskServiceTests {
  /// Moving tasks: all of them or none.
  @Suite struct Moves {
    @Test(arguments: Engine.tested) func movesAll(_ engine: Engine) async throws {
      try await TestService.run(engine) { service in
        let ground = try await service.ground()
        let (from, to) = (ground.projects[0], ground.projects[1])
        var ids: [Int] = []
        for number in 1...7 { ids.append(try await service.makeTask(from, "Task \(number)")) }
        let there = try await service.makeTask(to, "There already")
        let answer = try await service.move(ids + [there, ids[0]], to: to)
        #expect(answer.status == 200, "\(answer.text)")
        #expect(answer.json["moved"] == .number(7) && answer.json["unchanged"] == .number(1))
        #expect(try await service.get("/tasks?project=\(to)").json["total"] == .number(8))
        #expect(try await service.get("/tasks/\(ids[0])").json["version"] == .number(2))
        #expect(try await service.get("/tasks/\(there)").json["version"] == .number(1))
      }
    }

    @Test(arguments: Engine.tested) func refusedMovesChangeNothing(_ engine: Engine) async throws {
      try await TestService.run(engine) { service in
        let ground = try await service.ground()
        let other = try await service.ground("two")
        let mine = [try await service.makeTask(ground.project), try await service.makeTask(ground.project)]
        let theirs = try await service.makeTask(other.project)
        let target = ground.projects[1]

        let missing = try await service.move(mine + [999, 998], to: target)
        #expect(missing.status == 404 && missing.error["message"] == .text("no such tasks: 998, 999"))
        let mixed = try await service.move(mine + [theirs], to: target)
        #expect(mixed.status == 409 && mixed.error["code"] == .text("other_workspace"))
        let away = try await service.move(mine, to: other.project)
        #expect(away.status == 409 && away.error["code"] == .text("other_workspace"))
        #expect(try await service.patch("/projects/\(target)", #"{"isArchived": true}"#).status == 200)
        let archived = try await service.move(mine, to: target)
        #expect(archived.status == 409 && archived.error["code"] == .text("project_archived"))

        for id in mine {
          let task = try await service.get("/tasks/\(id)").json
          #expect(task["projectID"].int == ground.project && task["version"] == .number(1))
        }
      }
    }

    /// Moves of the same tasks to and fro at the same time: whichever comes last has moved all of them.
    @Test(arguments: Engine.tested) func concurrentMoves(_ engine: Engine) async throws {
      try await TestService.run(engine) { service in
        let ground = try await service.ground()
        var ids: [Int] = []
        for number in 1...12 { ids.append(try await service.makeTask(ground.project, "Task \(number)")) }
        let tasks = ids
        try await withThrowingTaskGroup(of: Int.self) { group in
          for round in 0..<12 {
            group.addTask { try await service.move(tasks.shuffled(), to: ground.projects[round % 2]).status }
          }
          for try await status in group { #expect(status == 200) }
        }
        let counts = [
          try await service.get("/tasks?project=\(ground.projects[0])").json["total"].int,
          try await service.get("/tasks?project=\(ground.projects[1])").json["total"].int,
        ]
        #expect(counts == [12, 0] || counts == [0, 12])
      }
    }
  }
}

extension TestService {
  func move(_ ids: [Int], to project: Int) async throws -> Answer {
    let list = ids.map(String.init).joined(separator: ", ")
    return try await post("/tasks/move", #"{"taskIDs": [\#(list)], "projectID": \#(project)}"#)
  }
}
