import Foundation
import RowanCore

/// A process of its own that holds the write lock of a database. It ends with its input, and so with whoever let go of
/// this.
final class LockHolder: Sendable {
  private let process: Process
  private let input: Pipe
  private let output: Pipe

  private init(_ path: String, _ sql: String) throws {
    process = Process()
    input = Pipe()
    output = Pipe()
    process.executableURL = try Self.executable()
    process.arguments = ["lock", "sqlite://\(path)", sql]
    process.standardInput = input
    process.standardOutput = output
    process.standardError = output
    try process.run()
  }

  /// Starts a process that runs `sql` in a transaction on the database at `path`, and returns once it did.
  static func start(_ path: String, _ sql: String) async throws -> LockHolder {
    let holder = try LockHolder(path, sql)
    let said = await holder.said()
    guard said.hasPrefix("holding") else {
      _ = await holder.ended()
      throw RowanError(.internalError, "the process does not hold the lock: \(said)")
    }
    return holder
  }

  /// Has it commit, and returns once it has ended.
  func release() async throws {
    try input.fileHandleForWriting.write(contentsOf: Data("\n".utf8))
    let status = await ended()
    guard status == 0 else { throw RowanError(.internalError, "the process that held the lock ended with \(status)") }
  }

  /// Ends it where it stands, and returns once it is gone.
  func kill() async {
    Foundation.kill(process.processIdentifier, SIGKILL)
    _ = await ended()
  }

  /// What it says next; nothing once it has ended.
  private func said() async -> String {
    let output = output
    return await Self.onThread { String(decoding: output.fileHandleForReading.availableData, as: UTF8.self) }
  }

  private func ended() async -> Int32 {
    while await !said().isEmpty {}
    let process = process
    return await Self.onThread {
      process.waitUntilExit()
      return process.terminationStatus
    }
  }

  /// Away from the threads that tasks share, of which there are few.
  private static func onThread<R: Sendable>(_ body: @escaping @Sendable () -> R) async -> R {
    await withCheckedContinuation { result in
      Thread.detachNewThread { result.resume(returning: body()) }
    }
  }

  /// Built beside the tests.
  private static func executable() throws -> URL {
    let tests = URL(fileURLWithPath: CommandLine.arguments.first ?? "").deletingLastPathComponent()
    let candidates = [tests, Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent()]
    for folder in candidates {
      let url = folder.appendingPathComponent("fault-runner")
      if FileManager.default.isExecutableFile(atPath: url.path) { return url }
    }
    throw RowanError(.internalError, "fault-runner is not built beside the tests")
  }
}
