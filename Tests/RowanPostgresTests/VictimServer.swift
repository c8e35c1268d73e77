import Foundation
import RowanCore
import RowanPostgres
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

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

  func start() async throws { try await run(["start", "postgres", folder, String(port)]) }
  func stop() async throws { try await run(["stop", "postgres", folder]) }
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

  private func run(_ arguments: [String]) async throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["bash", script] + arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let status = try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Int32, any Error>) in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do { try process.run() } catch { continuation.resume(throwing: error) }
    }
    try #require(status == 0, "\(arguments.first ?? "") of the victim server failed")
  }
}
