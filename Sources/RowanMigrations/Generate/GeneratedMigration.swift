public import RowanCore

/// A migration that has been worked out and is not written yet.
public struct GeneratedMigration: Sendable, Hashable {
  /// The engine.
  public var dialect: String
  /// What changes.
  public var diff: SchemaDiff
  /// The statements that make the change.
  public var up: [SchemaStatement]
  /// The statements that take it back.
  public var down: [SchemaStatement]
  /// The files.
  public var contents: MigrationContents

  /// Makes the files of a migration.
  public init(dialect: any Dialect, diff: SchemaDiff, up: [SchemaStatement], down: [SchemaStatement]) throws {
    self.dialect = dialect.name
    // Where every statement commits by itself there is nothing to say of any.
    let text = MigrationText(marksPlacement: dialect.capabilities.transactionalDDL)
    self.diff = diff
    self.up = up
    self.down = down
    contents = MigrationContents(
      up: text.up(up, diff), down: text.down(down, undoing: up),
      snapshot: try diff.after.json(),
      meta: MigrationMeta(
        tool: MigrationGenerator.toolVersion, statements: up.map { MigrationMeta.Statement($0) },
        downStatements: down.map { MigrationMeta.Statement($0) }))
  }

  /// What the migration destroys for good, in words.
  public var losses: [String] { up.compactMap(\.loss) }
}

extension MigrationMeta.Statement {
  init(_ statement: SchemaStatement) {
    self.init(
      sqlHash: MigrationHash.hash(statement: statement.sql),
      transaction: statement.placement == .outside ? .outside : .inside,
      post: .array(statement.facts.map { JSONValue($0) }))
  }
}

/// The text of generated SQL files.
struct MigrationText {
  let marksPlacement: Bool

  func up(_ statements: [SchemaStatement], _ diff: SchemaDiff) -> String {
    var text = "-- REVIEWED: false\n"
    for line in diff.differences { text += "-- \(comment(line.description))\n" }
    return text + body(statements)
  }

  func down(_ statements: [SchemaStatement], undoing up: [SchemaStatement]) -> String {
    var text = "-- REVIEWED: false\n"
    for loss in up.compactMap(\.loss) { text += "-- rowan:irreversible \(comment(loss))\n" }
    return text + body(statements)
  }

  private func body(_ statements: [SchemaStatement]) -> String {
    var text = ""
    for statement in statements {
      text += "\n"
      if let loss = statement.loss { text += "-- Loses: \(comment(loss))\n" }
      let placement = marksPlacement ? statement.placement : .together
      if placement == .outside { text += "-- rowan:outside\n" }
      text += "\(statement.sql);\n"
      if placement == .committedBefore { text += "\n-- rowan:group\n" }
    }
    return text
  }

  /// Text that stays within its comment: names may hold line breaks.
  private func comment(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.isWhitespace || $0.value < 32 ? " " : $0 }))
  }
}
