import ArgumentParser
import RowanCore
import RowanMigrations

/// `rowan introspect`
struct IntrospectCommand: ToolCommand {
  static let title = "introspect"
  static var configuration: CommandConfiguration {
    describe(
      "Write the models of a live database as Swift source: a file a table, and one for the schema as a whole.",
      [
        "introspect --url postgres://user@host/shop --out Sources/App/Models",
        "introspect --url sqlite:app.db --out Models --force",
      ], name: "introspect")
  }

  @OptionGroup var common: CommonOptions

  @Option(name: .long, help: "The folder to write to; made where it does not exist.")
  var out: String

  @Option(name: .long, help: "What the constant with the schema is called.")
  var schemaName = "schema"

  @Option(name: .long, help: "What the name of every type begins with.")
  var typePrefix = ""

  @Flag(name: .long, help: "Write over files that are there.")
  var force = false

  func validate() throws {
    if !SwiftSource.isIdentifier(schemaName) {
      throw ValidationError("--schema-name must be a Swift identifier, such as schema")
    }
    if !typePrefix.isEmpty, !SwiftSource.isIdentifier(typePrefix) {
      throw ValidationError("--type-prefix must begin a Swift identifier, such as Shop")
    }
  }

  func execute(_ session: Session) async throws -> CommandReport {
    let excluded = DatabaseMigrations.tables.union(session.settings.externalTables.map { Session.objectName($0) })
    let rendered = try await session.withDatabase { database in
      let found = try await database.dialect.makeIntrospector().introspect(
        database, IntrospectionOptions(excludedTables: excluded))
      let renderer = ModelRenderer(dialect: database.dialect, schemaName: schemaName, typePrefix: typePrefix)
      return try renderer.render(found)
    }
    let folder = SourceFolder(path: ConfigurationFile.absolute(out, in: session.folder))
    try folder.write(rendered.files, overwriting: force)
    for object in rendered.unrepresented {
      session.note("\(object.kind) \(object.name) is not in the models: \(object.reason)")
    }
    for object in rendered.withoutModel {
      session.note("\(object.kind) \(object.name) has no model: \(object.reason)")
    }
    var report = CommandReport()
    for file in rendered.files { report.line("\(session.style.good("wrote")) \(folder.path)/\(file.name)") }
    report.field("files", .strings(rendered.files.map { "\(folder.path)/\($0.name)" }))
    report.field("unrepresented", .array(rendered.unrepresented.map(\.json)))
    report.field("withoutModel", .array(rendered.withoutModel.map(\.json)))
    return report
  }
}
