import Foundation
import RowanCore
import RowanPostgres
import Testing

/// A private server that a test may kill.
final class VictimServer: Sendable {
  let port: Int
  private let folder: String
  private let script: String

  /// Starts a server of its own in a new folder.
  init() async throws {
    script = try ServerAccess.required("ROWAN_TEST_VICTIM")
    folder = try ServerAccess.required("ROWAN_TEST_SCRATCH") + "/pg-\(UUID().uuidString.prefix(8))"
    port = Int.random(in: 30_100..<32_700)
    try await start()
  }

  /// Starts one, lets `body` use it, and removes it.
  static func with(_ body: (VictimServer) async throws -> Void) async throws {
    let victim = try await VictimServer()
    do {
      try await body(victim)
      try await victim.remove()
    } catch {
      try await victim.remove()
      throw error
    }
  }

  func start() async throws { try await run(["start", "postgres", folder, String(port)]) }
  func stop() async throws { try await run(["stop", "postgres", folder]) }
  /// Stops the server without ending it: it says nothing any more.
  func freeze() async throws { try await run(["freeze", "postgres", folder]) }
  func thaw() async throws { try await run(["thaw", "postgres", folder]) }
  func kill() async throws { try await run(["kill9", "postgres", folder]) }

  /// Kills the server and removes its files.
  func remove() async throws {
    try await kill()
    try? FileManager.default.removeItem(atPath: folder)
  }

  func configuration(pool: PoolOptions, multiplex: Bool = false) throws -> PostgresConfiguration {
    try PostgresConfiguration(
      ConnectionURL("postgres://rowan:rowan@127.0.0.1:\(port)/rowan_test?multiplex=\(multiplex)"), pool: pool)
  }

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
