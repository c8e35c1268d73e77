import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Rowan
import Testing

@testable import TaskService

extension TaskServiceTests {
  /// What operators need: health, events, failure of the database, and an end in good order.
  @Suite struct Operation {
    @Test(arguments: Engine.tested) func health(_ engine: Engine) async throws {
      try await TestService.run(engine) { service in
        let answer = try await service.get("/health")
        #expect(answer.status == 200 && answer.json["engine"] == .text(engine.rawValue))
      }
    }

    @Test(arguments: Engine.tested) func databaseUnavailable(_ engine: Engine) async throws {
      try await TestService.run(engine) { service in
        await service.db.close()
        for path in ["/health", "/users", "/tasks/1"] {
          let answer = try await service.get(path)
          #expect(answer.status == 503, "\(answer.text)")
          #expect(answer.error["code"] == .text("database_unavailable"))
          #expect(answer.headers[.retryAfter] == "1")
        }
        #expect(try await service.post("/users", #"{"email": "a@b.example", "name": "A"}"#).status == 503)
      }
    }

    @Test(arguments: Engine.tested) func eventsOfARequest(_ engine: Engine) async throws {
      try await TestService.run(engine, events: true) { service in
        let header = try #require(RequestIdentity.header)
        let body = #"{"email": "secret@example.com", "name": "Hidden Name"}"#
        let made = try await service.send(.post, "/users", body, headers: [header: "make-1"])
        #expect(made.headers[header] == "make-1")
        let ground = try await service.ground()
        _ = try await service.send(
          .post, "/tasks/move", #"{"taskIDs": [5], "projectID": \#(ground.project)}"#, headers: [header: "move-1"])

        let insert = try await service.get("/debug/events?request=make-1")
        let statements = insert.json["events"].items.compactMap { $0["sql"].string }
        #expect(statements.contains { $0.hasPrefix("INSERT INTO") }, "\(insert.text)")
        #expect(!insert.text.contains("secret") && !insert.text.contains("Hidden"), "no event holds a value")
        #expect(insert.json["events"].items.allSatisfy { $0["error"] == .null })

        let move = try await service.get("/debug/events?request=move-1").json["events"].items
        #expect(move.first?["event"] == .text("begin") && move.last?["event"] == .text("rollback"))
        #expect(move.compactMap { $0["sql"].string }.allSatisfy { $0.hasPrefix("SELECT") }, "refused before any change")
        #expect(try await service.get("/debug/events?request=other").status == 404)
        #expect(try await service.get("/debug/events").status == 400)
      }
    }

    @Test func requestIdentifiers() async throws {
      try await TestService.run(.sqlite) { service in
        let header = try #require(RequestIdentity.header)
        let given = try await service.send(.get, "/health", headers: [header: "abc-123"])
        #expect(given.headers[header] == "abc-123")
        let refused = try await service.send(.get, "/health", headers: [header: "a b\"<c>"])
        #expect(refused.headers[header]?.isEmpty == false && refused.headers[header] != "a b\"<c>")
        #expect(try await service.get("/nowhere").headers[header]?.isEmpty == false)
      }
    }

    /// Over a socket, with a connection that stays open, as behind a proxy.
    @Test func liveServer() async throws {
      try await withTemporaryFolder { folder in
        let db = try await TaskApplication.openDatabase(
          "sqlite:\(folder)/tasks.sqlite", migrations: migrationsFolder)
        let app = TaskApplication.make(db, port: 0, logLevel: .critical)
        try await app.test(.live) { client in
          for _ in 0..<3 {
            let response = try await client.execute(uri: "/health", method: .get)
            #expect(response.status == .ok)
          }
        }
        // The service has closed the database with itself.
        await #expect(throws: RowanError.self) { try await User.all().fetchCount(db) }
      }
    }

    /// The program itself: starts, seeds, answers, and ends when it is told to with the database closed in good order.
    @Test(arguments: Engine.tested, RunningProgram.Request.allCases)
    func shutdown(_ engine: Engine, _ request: RunningProgram.Request) async throws {
      try await engine.withDatabaseURL { url in
        let program = try RunningProgram(
          ["--database-url", url, "--migrations", migrationsFolder, "--port", "0", "--seed"])
        defer { program.kill() }
        let port = try await program.port()
        let base = "http://127.0.0.1:\(port)"
        let health = try await TourClient(base: base).send("GET", "/health", body: nil, id: "health")
        #expect(health.status == 200)
        program.ask(to: request)
        let status = try await program.status(within: 15)
        #expect(status == 0, "\(program.output)")
        if let file = url.split(separator: ":").last, engine == .sqlite {
          #expect(!FileManager.default.fileExists(atPath: "\(file)-wal"), "the last connection to close removes it")
        }
        let db = try await TaskApplication.openDatabase(url, migrations: migrationsFolder)
        #expect(try await User.all().fetchCount(db) == 48)
        await db.close()
      }
    }

    /// A request that is under way when the program is told to end is answered first.
    @Test(arguments: Engine.tested, RunningProgram.Request.allCases)
    func shutdownWaitsForRequests(_ engine: Engine, _ request: RunningProgram.Request) async throws {
      try await engine.withDatabaseURL { url in
        let program = try RunningProgram(
          ["--database-url", url, "--migrations", migrationsFolder, "--port", "0", "--seed"])
        defer { program.kill() }
        let client = TourClient(base: "http://127.0.0.1:\(try await program.port())")
        let db = try await TaskApplication.openDatabase(url, migrations: migrationsFolder)
        let label = try await Label.all().order { $0.id.ascending() }.fetchFirst(db)
        let id = try #require(label).id
        let answering = try await db.transaction(access: .write) { tx in
          // The request has to wait for this.
          try await Label.update { $0.name = "held" }.where { $0.id == id }.run(tx)
          let answering = Task {
            try await client.send("DELETE", "/labels/\(id.rawValue)", body: nil, id: "under-way")
          }
          try await Task.sleep(for: .milliseconds(500))
          program.ask(to: request)
          try await Task.sleep(for: .milliseconds(300))
          return answering
        }
        #expect(try await answering.value.status == 204, "\(program.output)")
        let status = try await program.status(within: 15)
        #expect(status == 0, "\(program.output)")
        #expect(try await Label.find(id).exists(db) == false)
        await db.close()
      }
    }

    @Test func unusableURLs() async throws {
      for url in ["nonsense", "oracle://x/y", "postgres://nobody:secret@127.0.0.1:1/none"] {
        let program = try RunningProgram(["--database-url", url, "--migrations", migrationsFolder, "--port", "0"])
        defer { program.kill() }
        #expect(try await program.status(within: 20) == 1)
        #expect(program.output.contains("Error: ") && !program.output.contains("secret"))
      }
    }
  }
}
