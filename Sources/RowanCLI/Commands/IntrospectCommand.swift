import ArgumentParser
#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import RowanCore
import RowanMigrations

/// What makes Swift models of a schema.
protocol ModelRendering: Sendable {
  init()
  /// The files, by name.
  func files(for schema: SchemaSnapshot) throws -> [String: String]
}

/// `rowan introspect --url U --out DIR`
struct IntrospectCommand<Renderer: ModelRendering>: ToolCommand {
  static var title: String { "introspect" }
  static var configuration: CommandConfiguration {
    describe(
      "Write Swift models of a database's tables.",
      ["introspect --url postgres://ann@localhost/shop --out Sources/App/Models", "introspect --out Models --force"],
      name: "introspect")
  }

  @OptionGroup var common: CommonOptions

  @Option(name: .long, help: "The folder to write to; it need not exist.")
  var out: String

  @Flag(name: .long, help: "Overwrite files that are there.")
  var force = false

  func execute(_ session: Session) async throws -> CommandReport {
    let excluded = DatabaseMigrations.tables.union(session.settings.externalTables.map { Session.objectName($0) })
    let found = try await session.withDatabase { database in
      try await database.dialect.makeIntrospector().introspect(
        database, IntrospectionOptions(excludedTables: excluded))
    }
    let folder = ConfigurationFile.absolute(out, in: session.folder)
    let files = try Renderer().files(for: found.schema).sorted { $0.key < $1.key }
    try write(files, to: folder)
    var report = CommandReport()
    for (name, _) in files { report.line("\(session.style.good("wrote")) \(folder)/\(name)") }
    if files.isEmpty { report.line("the database has nothing to make models of") }
    for object in found.unrepresented {
      report.line("\(session.style.warning("left out")) \(object.kind) \(object.name): \(object.reason)")
    }
    report.field("files", .strings(files.map { "\(folder)/\($0.key)" }))
    report.field("unrepresented", .array(found.unrepresented.map(\.json)))
    return report
  }

  /// Writes all files, or none where one of them is there.
  private func write(_ files: [(key: String, value: String)], to folder: String) throws {
    let manager = FileManager.default
    if !force, let name = files.map(\.key).first(where: { manager.fileExists(atPath: "\(folder)/\($0)") }) {
      throw RowanError(
        .ioFailed, "\(folder)/\(name) is there already", hint: "--force overwrites; or name another folder")
    }
    do {
      try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for (name, text) in files { try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"), options: .atomic) }
    } catch {
      throw RowanError(.ioFailed, "cannot write to \(folder)", hint: "check its permissions", cause: error)
    }
  }
}
