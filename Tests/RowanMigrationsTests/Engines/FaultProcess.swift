import Foundation
import RowanCore
import Testing

@testable import RowanMigrations

/// A runner of migrations in a process of its own.
final class FaultProcess: Sendable {
  struct Ending: Sendable {
    var status: Int32
    var isKilled: Bool
    var output: String
  }

  let pid: Int32
  private let process: Process
  private let pipe: Pipe
  private let ending: Task<Ending, Never>
  private let lines: AsyncStream<String>

  private init(_ process: Process, _ pipe: Pipe) {
    self.process = process
    self.pipe = pipe
    pid = process.processIdentifier
    let (lines, continuation) = AsyncStream.makeStream(of: String.self)
    self.lines = lines
    ending = Task {
      await withCheckedContinuation { result in
        // A thread of its own: tests wait for many processes at once, on few threads.
        Thread.detachNewThread { result.resume(returning: Self.follow(process, pipe, continuation)) }
      }
    }
  }

  private static func follow(
    _ process: Process, _ pipe: Pipe, _ lines: AsyncStream<String>.Continuation
  ) -> Ending {
    var output = ""
    while true {
      let data = pipe.fileHandleForReading.availableData
      if data.isEmpty { break }
      let text = String(decoding: data, as: UTF8.self)
      output += text
      for line in text.split(separator: "\n") { lines.yield(String(line)) }
    }
    process.waitUntilExit()
    lines.finish()
    return Ending(
      status: process.terminationStatus, isKilled: process.terminationReason == .uncaughtSignal, output: output)
  }

  static func start(_ url: String, _ folder: String, _ command: String, _ point: String) throws -> FaultProcess {
    let process = Process(), pipe = Pipe()
    process.executableURL = try executable()
    process.arguments = [url, folder, command, point]
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    return FaultProcess(process, pipe)
  }

  static func run(_ url: String, _ folder: String, _ command: String, _ point: String) async throws -> Ending {
    await (try start(url, folder, command, point)).finished()
  }

  func finished() async -> Ending { await ending.value }

  func kill() { process.terminate(); Foundation.kill(pid, SIGKILL) }

  func waitForLine(_ line: String) async throws {
    for await found in lines where found == line { return }
    let output = await ending.value.output
    throw RowanError(.internalError, "the process ended without saying \(line): \(output)")
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

extension MigrationEngine {
  /// Hands `body` a folder for migrations and the URL of an empty database.
  func withFolder(_ body: @Sendable (_ folder: String, _ url: String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rowan-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await withURL { url in try await body(folder.path, url) }
  }
}

extension MigrationSetup {
  static func onFiles(_ url: String, _ folder: String) async throws -> MigrationSetup {
    let database = try await MigrationEngine.open(url)
    return MigrationSetup(
      url: url, database: database,
      directory: try MigrationDirectory(root: folder, dialect: database.dialect.name))
  }

  /// A runner with connections of its own.
  func other(_ options: MigrationOptions) async throws -> Migrator {
    Migrator(DatabaseMigrations(try await MigrationEngine.open(url)), directory, options: options)
  }
}
