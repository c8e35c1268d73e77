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
  func kill() throws { try Self.run("kill9", directory, nil) }

  func configuration(pool: PoolOptions = PoolOptions(maxConnections: 2)) -> MySQLConfiguration {
    MySQLConfiguration(
      address: .tcp(host: "127.0.0.1", port: port), user: "rowan", password: "rowan", database: "rowan_test",
      pool: pool)
  }

  private static func run(_ action: String, _ directory: String, _ port: Int?) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try TestDatabase.required("ROWAN_TEST_VICTIM"))
    process.arguments = [action, "mysql", directory] + (port.map { ["\($0)"] } ?? [])
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    if process.terminationStatus != 0 { throw Failed(action: action) }
  }
}
