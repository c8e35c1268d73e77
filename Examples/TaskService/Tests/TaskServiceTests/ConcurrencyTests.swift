import Testing

@testable import TaskService

extension TaskServiceTests {
  /// Requests at the same time.
  @Suite struct Concurrency {
    /// Sends `count` requests at once and returns how often each status came back.
    private static func statuses(
      _ count: Int, _ body: @escaping @Sendable (Int) async throws -> TestService.Answer
    ) async throws -> [Int: Int] {
      try await withThrowingTaskGroup(of: Int.self) { group in
        for number in 0..<count { group.addTask { try await body(number).status } }
        var statuses: [Int: Int] = [:]
        for try await status in group { statuses[status, default: 0] += 1 }
        return statuses
      }
    }

    @Test(arguments: Engine.tested) func oneOfManyWinsAVersion(_ engine: Engine) async throws {
      try await TestService.run(engine) { service in
        let ground = try await service.ground()
        let task = try await service.makeTask(ground.project)
        let found = try await Concurrency.statuses(16) { number in
          try await service.patch("/tasks/\(task)", #"{"title": "Writer \#(number)", "version": 1}"#)
        }
        #expect(found == [200: 1, 409: 15])
        #expect(try await service.get("/tasks/\(task)").json["version"] == .number(2))
      }
    }

    @Test(arguments: Engine.tested) func noChangeIsLost(_ engine: Engine) async throws {
      try await TestService.run(engine) { service in
        let ground = try await service.ground()
        let task = try await service.makeTask(ground.project)
        let found = try await Concurrency.statuses(24) { number in
          try await service.patch("/tasks/\(task)", #"{"title": "Writer \#(number)"}"#)
        }
        #expect(found == [200: 24])
        #expect(try await service.get("/tasks/\(task)").json["version"] == .number(25))
      }
    }

    @Test(arguments: Engine.tested) func oneOfManyGetsAnAddress(_ engine: Engine) async throws {
      try await TestService.run(engine) { service in
        let found = try await Concurrency.statuses(12) { number in
          try await service.post("/users", #"{"email": "same@example.com", "name": "User \#(number)"}"#)
        }
        #expect(found == [201: 1, 409: 11])
        #expect(try await service.get("/users").json["total"] == .number(1))
      }
    }

    @Test(arguments: Engine.tested) func labelsAreAttachedOnce(_ engine: Engine) async throws {
      try await TestService.run(engine) { service in
        let ground = try await service.ground()
        let task = try await service.makeTask(ground.project)
        let label = try await service.make("/labels", #"{"workspaceID": \#(ground.workspace), "name": "bug"}"#)
        let found = try await Concurrency.statuses(12) { _ in try await service.put("/tasks/\(task)/labels/\(label)") }
        #expect(found == [200: 12])
        #expect(try await service.get("/tasks/\(task)").json["labels"].items.count == 1)
      }
    }

    /// More requests than connections: readers and writers all get their turn.
    @Test(arguments: Engine.tested) func manyAtOnce(_ engine: Engine) async throws {
      try await TestService.run(engine, seeded: true) { service in
        let found = try await Concurrency.statuses(120) { number in
          switch number % 4 {
          case 0: try await service.get("/tasks?label=bug&page=\(number % 7 + 1)")
          case 1: try await service.get("/tasks/\(number + 1)")
          case 2: try await service.patch("/tasks/\(number + 1)", #"{"priority": "low"}"#)
          default: try await service.post("/tasks/\(number)/comments", #"{"authorID": 1, "body": "Number \#(number)"}"#)
          }
        }
        #expect(found == [200: 90, 201: 30])
      }
    }
  }
}
