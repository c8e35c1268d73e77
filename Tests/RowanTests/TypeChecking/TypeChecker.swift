import Foundation

/// Type-checks Swift text against the modules the tests were built with.
struct TypeChecker {
  /// One message of the compiler.
  struct Diagnostic: Sendable, CustomStringConvertible {
    let line: Int
    let kind: String
    let message: String
    /// Whether it is about what a macro wrote; the line is then one of the expansion.
    let isInExpansion: Bool
    var description: String { "\(isInExpansion ? "expansion " : "")\(line): \(kind): \(message)" }
  }

  private let compiler: URL
  private let modules: URL

  init() throws {
    compiler = try TypeChecker.findCompiler()
    modules = try TypeChecker.findModules()
  }

  /// What the compiler says about `text`.
  func diagnostics(of text: String) throws -> [Diagnostic] {
    try output(of: text, flags: []).split(separator: "\n").compactMap { line in
      // `snippet.swift:12:5: error: …`
      let parts = line.split(separator: ":", maxSplits: 4, omittingEmptySubsequences: false)
      guard parts.count == 5, let number = Int(parts[1]) else { return nil }
      let isInExpansion = parts[0].contains("@__swiftmacro_")
      guard isInExpansion || parts[0].hasSuffix("snippet.swift") else { return nil }
      return Diagnostic(
        line: number, kind: parts[3].trimmingCharacters(in: .whitespaces),
        message: parts[4].trimmingCharacters(in: .whitespaces), isInExpansion: isInExpansion)
    }
  }

  /// The milliseconds of processor time that checking the body of each function of `text` took, by function.
  func milliseconds(of text: String) throws -> [String: Double] {
    var found: [String: Double] = [:]
    let out = try output(of: text, flags: ["-Xfrontend", "-debug-time-function-bodies"])
    // `3.21ms	/path/snippet.swift:7:6	global function snippet.(file).name()@…`
    for line in out.split(separator: "\n") where line.contains("snippet.swift") {
      let parts = line.split(separator: "\t")
      guard parts.count == 3, parts[0].hasSuffix("ms"), let time = Double(parts[0].dropLast(2)),
        let start = parts[2].range(of: "(file).")
      else { continue }
      let name = String(parts[2][start.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" })
      found[name] = time
    }
    return found
  }

  private func output(of text: String, flags: [String]) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rowan-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("snippet.swift")
    try Data(text.utf8).write(to: file)
    let log = folder.appendingPathComponent("log")
    try Data().write(to: log)
    let handle = try FileHandle(forWritingTo: log)
    let process = Process()
    process.executableURL = compiler
    process.arguments =
      [
        "-typecheck", "-swift-version", "6", "-diagnostic-style", "llvm", "-I",
        modules.appendingPathComponent("Modules").path, "-I", modules.path, "-module-cache-path",
        folder.appendingPathComponent("cache").path, "-load-plugin-executable",
        "\(modules.appendingPathComponent("RowanMacros-tool").path)#RowanMacros",
      ] + moduleMaps() + flags + [file.path]
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
    process.waitUntilExit()
    try handle.close()
    let out = String(decoding: try Data(contentsOf: log), as: UTF8.self)
    if process.terminationReason == .uncaughtSignal { throw TypeCheckerFailure("the compiler crashed:\n\(out)") }
    return out
  }

  /// The C module that RowanCore uses inside.
  private func moduleMaps() -> [String] {
    let map = modules.appendingPathComponent("CRowanThread.build/module.modulemap").path
    return FileManager.default.fileExists(atPath: map) ? ["-Xcc", "-fmodule-map-file=\(map)"] : []
  }

  private static func findCompiler() throws -> URL {
    let environment = ProcessInfo.processInfo.environment
    if let path = environment["SWIFT_EXEC"] { return URL(fileURLWithPath: path) }
    for folder in (environment["PATH"] ?? "").split(separator: ":") {
      let path = "\(folder)/swiftc"
      if FileManager.default.isExecutableFile(atPath: path) { return URL(fileURLWithPath: path) }
    }
    throw TypeCheckerFailure("there is no swiftc in PATH")
  }

  /// The folder above the test bundle that has the modules in it.
  private static func findModules() throws -> URL {
    let bundles = [Bundle.main.bundleURL, URL(fileURLWithPath: CommandLine.arguments.first ?? "")]
    for start in bundles {
      var folder = start.standardizedFileURL
      for _ in 0..<8 {
        let module = folder.appendingPathComponent("Modules/Rowan.swiftmodule").path
        if FileManager.default.fileExists(atPath: module) { return folder }
        folder.deleteLastPathComponent()
      }
    }
    throw TypeCheckerFailure("there are no built modules above \(bundles.map(\.path))")
  }
}

/// The compiler could not be asked.
struct TypeCheckerFailure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
