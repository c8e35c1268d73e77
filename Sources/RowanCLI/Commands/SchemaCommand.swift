import ArgumentParser
import RowanCore
import RowanMigrations

/// `rowan schema`
struct SchemaCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "schema", abstract: "The schema as a whole.",
      discussion: Examples.text(["schema dump --url sqlite:app.db"]), subcommands: [SchemaDumpCommand.self])
  }
}

/// `rowan schema dump`
struct SchemaDumpCommand: ToolCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable { case sql, json }
  enum Source: String, ExpressibleByArgument, CaseIterable { case code, database }

  static let title = "schema dump"
  static var configuration: CommandConfiguration {
    describe(
      "Write a schema: as SQL that makes it in an empty database, or as a JSON snapshot.",
      ["schema dump --url sqlite:app.db", "schema dump --from code --dialect postgres --format json"], name: "dump")
  }

  @OptionGroup var common: CommonOptions

  @Option(name: .long, help: "sql or json.")
  var format = Format.sql

  @Option(
    name: .long, help: "code or database; by default the database where --url names one or there is no code.")
  var from: Source?

  func execute(_ session: Session) async throws -> CommandReport {
    let source = from ?? (session.hasURLFlag || session.tool.schema == nil ? .database : .code)
    let found = source == .code ? try code(session) : try await live(session)
    var report = CommandReport()
    for object in found.unrepresented {
      session.note("\(object.kind) \(object.name) is not in the dump: \(object.reason)")
    }
    switch format {
    case .sql:
      report.product = found.sql
      report.productFields.append(JSONValue.Member("sql", .string(found.sql)))
    case .json:
      let text = try found.schema.json()
      report.product = text
      report.productFields.append(JSONValue.Member("snapshot", try JSONValue(text)))
    }
    report.field("dialect", .string(found.schema.dialect))
    report.field("unrepresented", .array(found.unrepresented.map(\.json)))
    return report
  }

  private func code(_ session: Session) throws -> SchemaDump {
    let schema = try session.schema(for: "schema dump --from code")
    let providers = try session.providers()
    guard let provider = providers.first, providers.count == 1 else {
      let names = providers.map(\.dialect.name).joined(separator: ", ")
      throw RowanError(
        .invalidConfiguration, "the schema of one engine is dumped; configured are: \(names)", hint: "give --dialect")
    }
    return try SchemaDump(try schema.snapshot(for: provider.dialect), provider.dialect)
  }

  private func live(_ session: Session) async throws -> SchemaDump {
    let excluded = DatabaseMigrations.tables.union(session.settings.externalTables.map { Session.objectName($0) })
    return try await session.withDatabase { database in
      let found = try await database.dialect.makeIntrospector().introspect(
        database, IntrospectionOptions(excludedTables: excluded))
      return try SchemaDump(found.schema, database.dialect, unrepresented: found.unrepresented)
    }
  }
}

/// A schema and the SQL that makes it.
struct SchemaDump: Sendable {
  let schema: SchemaSnapshot
  let sql: String
  let unrepresented: [UnrepresentedObject]

  init(_ schema: SchemaSnapshot, _ dialect: any Dialect, unrepresented: [UnrepresentedObject] = []) throws {
    let empty = SchemaSnapshot(dialect: schema.dialect)
    let diff = try SchemaDiff(from: empty, to: schema, capabilities: dialect.capabilities)
    let statements = try dialect.makeDDLEmitter().statements(
      for: diff.changes, from: empty, to: schema, options: DDLOptions())
    self.schema = schema
    self.unrepresented = unrepresented
    sql = statements.map { $0.sql + ";\n" }.joined(separator: "\n")
  }
}
