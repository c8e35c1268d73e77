import Foundation
import RowanCore

@testable import RowanMySQL

/// A private server that its test may kill.
struct VictimServer {
  let directory: String
  let port: Int

  struct Failed: Error { let action: String }

  /// Starts one, lets `body` use it, and ends it.
  static func with<R>(_ body: (VictimServer) async throws -> R) async throws -> R {
    let directory = try TestDatabase.required("ROWAN_TEST_SCRATCH") + "/" + TestDatabase.name("v")
    var port = Int.random(in: 30_000..<32_000)
    // Somebody else may have the port.
    for attempt in 0..<5 {
      if (try? run("start", directory, port)) != nil { break }
      if attempt == 4 { throw Failed(action: "start") }
      port = Int.random(in: 30_000..<32_000)
    }
    let server = VictimServer(directory: directory, port: port)
    do {
      let result = try await body(server)
      try server.kill()
      return result
    } catch {
      try? server.kill()
      throw error
    }
  }

  func start() throws { try Self.run("start", directory, port) }
  func stop() throws { try Self.run("stop", directory, nil) }
  /// Stops the server without ending it: it says nothing any more.
  func freeze() throws { try Self.run("freeze", directory, nil) }
  func thaw() throws { try Self.run("thaw", directory, nil) }
  func kill() throws { try Self.run("kill9", directory, nil) }

  func configuration(pool: PoolOptions = PoolOptions(maxConnections: 2)) -> MySQLConfiguration {
    MySQLConfiguration(
      address: .tcp(host: "127.0.0.1", port: port), user: "rowan", password: "rowan", database: "rowan_test",
      pool: pool)
  }

  private static func run(_ action: String, _ directory: String, _ port: Int?) throws {
    let script = try TestDatabase.required("ROWAN_TEST_VICTIM")
    let arguments = [script, action, "mysql", directory] + (port.map { ["\($0)"] } ?? [])
    // Not Foundation's Process: it waits until every heir of the script, the server included, has ended.
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor: Int32 in 0...2 {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    var pointers = arguments.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var process: pid_t = 0
    guard posix_spawn(&process, script, &actions, nil, &pointers, environ) == 0 else { throw Failed(action: action) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    if status != 0 { throw Failed(action: action) }
  }
}
