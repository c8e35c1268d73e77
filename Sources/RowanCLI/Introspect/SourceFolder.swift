#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import RowanCore
import RowanMigrations

/// A folder of rendered sources.
struct SourceFolder {
  let path: String

  /// Writes `files`, each whole or not at all; none where one is there and must stay.
  func write(_ files: [RenderedFile], overwriting: Bool) throws {
    let present = files.map(\.name).filter { FileManager.default.fileExists(atPath: "\(path)/\($0)") }
    if !overwriting, !present.isEmpty {
      let shown = present.prefix(5).joined(separator: ", ") + (present.count > 5 ? ", …" : "")
      throw RowanError(
        .invalidConfiguration, "\(path) already has \(shown); nothing was written",
        hint: "give another folder, or --force to write over them")
    }
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for file in files { try Data(file.text.utf8).write(to: URL(filePath: "\(path)/\(file.name)"), options: .atomic) }
    } catch {
      throw RowanError(
        .ioFailed, "cannot write the models to \(path)", hint: "check the folder and its permissions", cause: error)
    }
  }
}

/// What Swift takes for a name.
enum SwiftSource {
  static func isIdentifier(_ text: String) -> Bool {
    guard let first = text.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }
}
