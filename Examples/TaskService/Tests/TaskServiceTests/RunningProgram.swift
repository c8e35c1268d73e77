import Foundation
import Synchronization

/// The program under test, as a process of its own.
final class RunningProgram: Sendable {
  private let process: Process
  private let pipe = Pipe()
  private let collected = Mutex(Data())

  init(_ arguments: [String]) throws {
    process = Process()
    // The test bundle stands beside the program.
    let folder = Bundle.main.bundleURL.deletingLastPathComponent()
    let beside = [Bundle.main.bundleURL, folder].map { $0.appendingPathComponent("TaskService") }
    guard let program = beside.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
      throw ProgramFailure(description: "TaskService is not beside the tests: \(beside)")
    }
    process.executableURL = program
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = pipe
    pipe.fileHandleForReading.readabilityHandler = { [self] handle in
      let data = handle.availableData
      if data.isEmpty { handle.readabilityHandler = nil } else { collected.withLock { $0.append(data) } }
    }
    try process.run()
  }

  /// What it has written so far.
  var output: String { collected.withLock { String(decoding: $0, as: UTF8.self) } }

  /// The port it says it listens on.
  func port() async throws -> Int {
    for _ in 0..<600 {
      if let range = output.range(of: #"listening on 127\.0\.0\.1:\d+"#, options: .regularExpression),
        let port = Int(output[range].split(separator: ":").last ?? "")
      {
        return port
      }
      if !process.isRunning { break }
      try await Task.sleep(for: .milliseconds(50))
    }
    throw ProgramFailure(description: "the program does not listen: \(output)")
  }

  /// How a program is asked to end.
  enum Request: CaseIterable { case terminate, interrupt }

  /// Asks it to end.
  func ask(to request: Request) {
    switch request {
    case .terminate: process.terminate()
    case .interrupt: process.interrupt()
    }
  }

  /// Its exit status once it has ended.
  func status(within seconds: Int) async throws -> Int32 {
    for _ in 0..<(seconds * 20) {
      if !process.isRunning {
        guard process.terminationReason == .exit else {
          throw ProgramFailure(description: "ended by signal \(process.terminationStatus): \(output)")
        }
        return process.terminationStatus
      }
      try await Task.sleep(for: .milliseconds(50))
    }
    throw ProgramFailure(description: "the program does not end: \(output)")
  }

  /// Ends it if it still runs.
  func kill() {
    if process.isRunning { process.terminate() }
  }
}

struct ProgramFailure: Error, CustomStringConvertible {
  let description: String
}
