/// Emits the DDL of one engine.
public protocol DDLEmitter: Sendable {
  /// How constraints and indexes are named.
  var names: ConstraintNames { get }

  /// The statements that create `table`, its constraints and its indexes, in order. Constraints are always named.
  func createTable(_ table: TableSnapshot, ifNotExists: Bool) throws -> [String]

  /// The statements that drop the table called `name`.
  func dropTable(_ name: ObjectName, ifExists: Bool) throws -> [String]

  /// An expression for the current instant, in the form of a timestamp column.
  func now() throws -> String

  /// The schema as introspection would find it once `snapshot` is applied to an empty database: types the engine lacks
  /// are those it stores instead, names it does not keep are gone.
  /// - Throws: ``RowanError/Code/unsupported`` for what the engine cannot have.
  func normalize(_ snapshot: SchemaSnapshot) throws -> SchemaSnapshot

  /// The statements that make `after` of `before`, in the order of `changes`.
  /// - Parameters:
  ///   - changes: the steps, in an order in which they can be done.
  ///   - before: the schema they begin with, in normal form.
  ///   - after: the schema they end with, in normal form.
  ///   - options: what may differ from one service to the next.
  /// - Throws: ``RowanError/Code/unsupported`` for a step the engine cannot take.
  func statements(
    for changes: [SchemaChange], from before: SchemaSnapshot, to after: SchemaSnapshot, options: DDLOptions
  ) throws -> [SchemaStatement]

  /// What has to be done around a transaction in which these statements run.
  func migrationHooks(for statements: [String]) -> MigrationHooks
}

extension DDLEmitter {
  /// Nothing has to be done.
  public func migrationHooks(for statements: [String]) -> MigrationHooks { MigrationHooks() }

  /// The statements that create the table of a model.
  public func createTable(_ table: TableSchema, ifNotExists: Bool) throws -> [String] {
    try createTable(TableSnapshot(table, names: names), ifNotExists: ifNotExists)
  }

  /// The statements that drop the table of a model.
  public func dropTable(_ table: TableSchema, ifExists: Bool) throws -> [String] {
    try dropTable(ObjectName(table.name, namespace: table.namespace), ifExists: ifExists)
  }
}

/// What of the DDL of a migration may differ from one service to the next.
public struct DDLOptions: Sendable, Hashable {
  /// Indexes on tables that exist are built without keeping writers out, outside the transaction.
  public var concurrentIndexes = false
  /// Constraints on tables that exist are added unchecked, and the rows checked by a second statement that keeps no
  /// writers out.
  public var validatesSeparately = false

  /// Makes options.
  public init(concurrentIndexes: Bool = false, validatesSeparately: Bool = false) {
    self.concurrentIndexes = concurrentIndexes
    self.validatesSeparately = validatesSeparately
  }
}
