/// What a statement that has run did: for plugins that observe results. Holds no value, neither bound nor read.
public struct QueryResult: Sendable {
  /// What the statement was.
  public enum Kind: Sendable, Hashable {
    case select, insert, update, delete
    /// Written by hand.
    case raw
    /// DDL of the library's own.
    case schema
  }

  /// What the statement was, after every plugin's rewrite.
  public let kind: Kind
  /// The tables it names anywhere, each once, in the order in which they first appear; the table written to comes
  /// first. Of SQL written by hand only those that Rowan knows it by: the model its rows are read as, and those of
  /// queries inside it.
  public let tables: [TableSchema]
  /// Its text, how many rows it read or changed, and how long it took.
  public let query: QueryEvent
}

/// What results say of a statement, worked out once per shape.
struct StatementFacts: Sendable {
  let kind: QueryResult.Kind
  let tables: [TableSchema]

  /// DDL of the library's own.
  static let schema = StatementFacts(kind: .schema, tables: [])

  init(kind: QueryResult.Kind, tables: [TableSchema]) {
    self.kind = kind
    self.tables = tables
  }

  init(of statement: Statement) throws {
    let finder = TableFinder()
    _ = try finder.rewrite(whole: statement)
    tables = finder.found
    kind =
      switch statement {
      case .select: .select
      case .insert: .insert
      case .update: .update
      case .delete: .delete
      case .raw: .raw
      }
  }
}

/// Finds the tables a statement names.
private final class TableFinder: TreeRewriter {
  private(set) var found: [TableSchema] = []

  private func note(_ table: TableSchema) {
    if !found.contains(where: { $0.name == table.name && $0.namespace == table.namespace }) { found.append(table) }
  }

  override func rewrite(_ source: FromSource) throws -> FromSource {
    if case .table(let table) = source { note(table) }
    return try super.rewrite(source)
  }

  override func rewrite(_ insert: InsertStatement) throws -> InsertStatement {
    note(insert.table)
    return try super.rewrite(insert)
  }

  override func rewrite(_ update: UpdateStatement) throws -> UpdateStatement {
    note(update.table)
    return try super.rewrite(update)
  }

  override func rewrite(_ delete: DeleteStatement) throws -> DeleteStatement {
    note(delete.table)
    return try super.rewrite(delete)
  }

  override func rewrite(_ raw: RawStatement) throws -> RawStatement {
    if let table = raw.table { note(table) }
    return try super.rewrite(raw)
  }
}
