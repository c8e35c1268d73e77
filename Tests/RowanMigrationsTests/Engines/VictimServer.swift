import Foundation
import Testing

/// A private server that a test may kill.
final class VictimServer: Sendable {
  let url: String
  private let engine: String
  private let port: Int
  private let folder: String
  private let script: String

  /// Hands `body` the server once it runs, and removes it however that ends.
  static func with(_ engine: MigrationEngine, _ body: @Sendable (VictimServer) async throws -> Void) async throws {
    let server = try VictimServer(engine.name)
    let result: Result<Void, any Error>
    do {
      try await server.start()
      result = .success(try await body(server))
    } catch {
      result = .failure(error)
    }
    try? await server.kill()
    try? FileManager.default.removeItem(atPath: server.folder)
    try result.get()
  }

  private init(_ engine: String) throws {
    let environment = ProcessInfo.processInfo.environment
    let missing: Comment = "Scripts/test.sh sets ROWAN_TEST_VICTIM and ROWAN_TEST_SCRATCH"
    self.engine = engine
    script = try #require(environment["ROWAN_TEST_VICTIM"], missing)
    folder = try #require(environment["ROWAN_TEST_SCRATCH"], missing) + "/migrations-\(UUID().uuidString.prefix(8))"
    port = Int.random(in: 27_000..<30_000)
    url = "\(engine)://rowan:rowan@127.0.0.1:\(port)/rowan_test"
  }

  func start() async throws { try await run(["start", engine, folder, String(port)]) }
  func kill() async throws { try await run(["kill9", engine, folder]) }

  /// Foundation's `Process` counts a child as running while anything it started holds its descriptors, as the server
  /// does.
  private func run(_ arguments: [String]) async throws {
    let words = ["bash", script] + arguments
    let status = await withCheckedContinuation { (continuation: CheckedContinuation<Int32, Never>) in
      Thread.detachNewThread {
        var copies = words.map { strdup($0) } + [nil]
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        #else
        var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        for descriptor in 0...2 as ClosedRange<Int32> {
          posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        var child: pid_t = 0
        var status: Int32 = -1
        if posix_spawnp(&child, "bash", &actions, nil, &copies, environ) == 0 { waitpid(child, &status, 0) }
        posix_spawn_file_actions_destroy(&actions)
        for copy in copies { free(copy) }
        continuation.resume(returning: status)
      }
    }
    try #require(status == 0, "\(arguments.first ?? "") of the victim server failed")
  }
}
