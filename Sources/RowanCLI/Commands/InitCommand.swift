import ArgumentParser
#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import RowanCore
import RowanMigrations

/// `rowan init`
struct InitCommand: ToolCommand {
  static let title = "init"
  static var configuration: CommandConfiguration {
    describe(
      "Write rowan.json and the folders of the migrations; what is there stays.",
      ["init", "init --dialect sqlite --dialect postgres --migrations Database/Migrations"], name: "init")
  }

  @OptionGroup var common: CommonOptions

  /// The file named is the one to write.
  func settingFlags(_ flags: inout SettingFlags) { flags.config = nil }

  func execute(_ session: Session) async throws -> CommandReport {
    var report = CommandReport()
    var made: [String] = [], kept: [String] = []
    let dialects = try session.providers().map(\.dialect.name)
    let file = ConfigurationFile.absolute(common.config ?? ConfigurationFile.defaultName, in: session.folder)
    if FileManager.default.fileExists(atPath: file) {
      kept.append(file)
    } else {
      let text = try JSONValue.members([
        ("migrations", .string(common.migrations ?? "Migrations")), ("dialects", .strings(dialects)),
      ]).text()
      try wrap(file) { try Data(text.utf8).write(to: URL(filePath: file), options: .withoutOverwriting) }
      made.append(file)
    }
    for dialect in dialects {
      let folder = "\(session.settings.migrations)/\(dialect)"
      if FileManager.default.fileExists(atPath: folder) {
        kept.append(folder)
      } else {
        try wrap(folder) {
          try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        made.append(folder)
      }
    }
    for path in made { report.line("\(session.style.good("made")) \(path)") }
    for path in kept { report.line("\(session.style.faint("kept")) \(path)") }
    report.line("The database is named by ROWAN_URL or --url, so that no password stands in a file.")
    report.field("made", .strings(made))
    report.field("kept", .strings(kept))
    return report
  }

  private func wrap(_ path: String, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch {
      throw RowanError(.ioFailed, "cannot make \(path)", hint: "check its folder and permissions", cause: error)
    }
  }
}
