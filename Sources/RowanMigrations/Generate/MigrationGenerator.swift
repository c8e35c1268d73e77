public import RowanCore

/// Writes migrations from the difference between the schema in code and the last migration's snapshot.
public struct MigrationGenerator: Sendable {
  /// The version of this library, as files and databases record it.
  public static let toolVersion = "0.1.0"

  /// The schema in code.
  public let schema: SchemaDefinition
  /// The engine.
  public let dialect: any Dialect
  /// The engine's migrations.
  public let directory: MigrationDirectory
  /// What of the DDL may differ.
  public var options: DDLOptions

  /// Makes a generator of one engine's migrations.
  public init(
    schema: SchemaDefinition, dialect: any Dialect, directory: MigrationDirectory, options: DDLOptions = DDLOptions()
  ) {
    self.schema = schema
    self.dialect = dialect
    self.directory = directory
    self.options = options
  }

  /// The migration from the last snapshot to the code; nil where nothing differs.
  /// - Parameter answers: what is known of renames beside what the models say.
  /// - Throws: ``RenameQuestions`` where something may have been renamed and nobody has said so; ``RowanError`` for a
  ///   history that does not verify, and ``RowanError/Code/unsupported`` for what the engine cannot do.
  public func plan(_ answers: RenameAnswers = RenameAnswers()) throws -> GeneratedMigration? {
    let history = try directory.load()
    let before = try history.lastSnapshot(dialect)
    let after = try schema.snapshot(for: dialect)
    return try plan(from: before, to: after, answers: answers)
  }

  /// The migration from one schema to another; nil where nothing differs.
  public func plan(
    from before: SchemaSnapshot, to after: SchemaSnapshot, answers: RenameAnswers = RenameAnswers()
  ) throws -> GeneratedMigration? {
    var answers = answers
    answers.renames.merge(schema.renames)
    let questions = try RenameSearch(from: before, to: after, answers: answers).questions()
    if !questions.isEmpty { throw RenameQuestions(questions: questions) }
    let capabilities = dialect.capabilities
    let diff = try SchemaDiff(from: before, to: after, renames: answers.renames, capabilities: capabilities)
    guard !diff.isEmpty else { return nil }
    let back = try diff.reversed(renames: answers.renames, capabilities: capabilities)
    let emitter = dialect.makeDDLEmitter()
    let up = try emitter.statements(for: diff.changes, from: before, to: after, options: options)
    let down = try emitter.statements(for: back.changes, from: after, to: before, options: options)
    return try GeneratedMigration(dialect: dialect, diff: diff, up: up, down: down)
  }
}

extension MigrationHistory {
  /// The schema after the last migration; an empty one before the first.
  public func lastSnapshot(_ dialect: any Dialect) throws -> SchemaSnapshot {
    guard let last = migrations.last else { return SchemaSnapshot(dialect: dialect.name) }
    return try last.schema()
  }
}

extension MigrationFile {
  /// The schema after the migration.
  /// - Throws: ``RowanError/Code/migrationFileUnreadable``.
  public func schema() throws -> SchemaSnapshot {
    do {
      return try SchemaSnapshot(json: contents.snapshot)
    } catch let error as RowanError {
      throw RowanError(
        .migrationFileUnreadable, "\(tag)/snapshot.json: \(error.message)", hint: error.hint, cause: error.cause)
    }
  }
}

extension SchemaRenames {
  /// Takes over what `other` says and this does not.
  mutating func merge(_ other: SchemaRenames) {
    tables.merge(other.tables) { own, _ in own }
    columns.merge(other.columns) { own, others in own.merging(others) { own, _ in own } }
  }
}
