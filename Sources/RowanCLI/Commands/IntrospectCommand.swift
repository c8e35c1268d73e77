import ArgumentParser
#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import RowanCore
import RowanMigrations

/// `rowan introspect --url U --out DIR`
struct IntrospectCommand: ToolCommand {
  static let title = "introspect"
  static var configuration: CommandConfiguration {
    describe(
      "Write Swift models of a database's tables.",
      ["introspect --url postgres://ann@localhost/shop --out Sources/App/Models", "introspect --out Models --force"],
      name: "introspect")
  }

  @OptionGroup var common: CommonOptions

  @Option(name: .long, help: "The folder to write to; it need not exist.")
  var out: String

  @Option(name: .long, help: "What the constant is called that holds the SchemaDefinition.")
  var schemaName = "schema"

  @Option(name: .long, help: "What the names of all types begin with.")
  var typePrefix = ""

  @Flag(name: .long, help: "Overwrite files that are there.")
  var force = false

  func validate() throws {
    for (flag, name) in [("--schema-name", schemaName), ("--type-prefix", typePrefix)] {
      let isName = name.utf8.allSatisfy { $0 < 0x80 && (Character(UnicodeScalar($0)).isLetter || $0 == 0x5F) }
      guard isName else { throw ValidationError("\(flag) is letters and underscores.") }
    }
    if schemaName.isEmpty { throw ValidationError("--schema-name is letters and underscores.") }
  }

  func execute(_ session: Session) async throws -> CommandReport {
    let excluded = DatabaseMigrations.tables.union(session.settings.externalTables.map { Session.objectName($0) })
    let models = try await session.withDatabase { database in
      let found = try await database.dialect.makeIntrospector().introspect(
        database, IntrospectionOptions(excludedTables: excluded))
      return try ModelRenderer(
        dialect: database.dialect, schemaName: schemaName, typePrefix: typePrefix
      ).render(found)
    }
    let folder = ConfigurationFile.absolute(out, in: session.folder)
    try write(models.files, to: folder)
    var report = CommandReport()
    for file in models.files { report.line("\(session.style.good("wrote")) \(folder)/\(file.name)") }
    for object in models.withoutModel {
      session.note("no model for \(object.kind) \(object.name): \(object.reason)")
    }
    for object in models.unrepresented {
      session.note("\(object.kind) \(object.name) is not in the models: \(object.reason)")
    }
    report.field("files", .strings(models.files.map { "\(folder)/\($0.name)" }))
    report.field("withoutModel", .array(models.withoutModel.map(\.json)))
    report.field("unrepresented", .array(models.unrepresented.map(\.json)))
    return report
  }

  /// Writes all files, or none where one of them is there.
  private func write(_ files: [RenderedFile], to folder: String) throws {
    let manager = FileManager.default
    if !force, let name = files.map(\.name).first(where: { manager.fileExists(atPath: "\(folder)/\($0)") }) {
      throw RowanError(
        .ioFailed, "\(folder)/\(name) is there already", hint: "--force overwrites; or name another folder")
    }
    do {
      try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for file in files {
        try Data(file.text.utf8).write(to: URL(filePath: "\(folder)/\(file.name)"), options: .atomic)
      }
    } catch {
      throw RowanError(.ioFailed, "cannot write to \(folder)", hint: "check its permissions", cause: error)
    }
  }
}
