/// What is known of a table at compile time: what queries print, drivers bind by, and migrations diff.
public final class TableSchema: Sendable {
  /// The table's name.
  public let name: String
  /// The namespace it lives in; nil for the connection's default.
  public let namespace: String?
  /// Its columns, in the order in which rows are decoded.
  public let columns: [ColumnSchema]
  /// The primary key, as indices into ``columns``.
  public let primaryKey: [Int]
  /// The name of the primary key and the order of its columns in the database, where they are stated.
  public let keyConstraint: PrimaryKeySchema?
  /// Indexes beside those that keys and `unique` columns imply.
  public let indexes: [IndexSchema]
  /// Unique constraints over several columns, as indices into ``columns``.
  public let uniques: [UniqueSchema]
  /// CHECK constraints of the table.
  public let checks: [CheckSchema]
  /// Foreign keys over several columns.
  public let foreignKeys: [CompositeKeySchema]
  /// What the table is for.
  public let comment: String?
  /// The name this table had before, for migrations.
  public let renamedFrom: String?

  /// Whether any column is computed from others.
  public let hasComputedColumns: Bool

  /// Makes a schema. The primary key is made of the columns that say ``ColumnOption/primaryKey``.
  public init(
    _ name: String, namespace: String? = nil, columns: [ColumnSchema], primaryKey: PrimaryKeySchema? = nil,
    indexes: [IndexSchema] = [], uniques: [UniqueSchema] = [], checks: [CheckSchema] = [],
    foreignKeys: [CompositeKeySchema] = [], comment: String? = nil, renamedFrom: String? = nil
  ) {
    self.name = name
    self.namespace = namespace
    self.columns = columns
    keyConstraint = primaryKey
    self.primaryKey = columns.indices.filter { columns[$0].isPrimaryKey }
    self.indexes = indexes
    self.uniques = uniques
    self.checks = checks
    self.foreignKeys = foreignKeys
    self.comment = comment
    self.renamedFrom = renamedFrom
    hasComputedColumns = columns.contains { $0.computed != nil }
  }

  /// The index of the column called `name`.
  public func index(of name: String) -> Int? { columns.firstIndex { $0.name == name } }

  /// Whether `column` is computed from others.
  func isComputed(_ column: UInt16) -> Bool {
    hasComputedColumns && columns.indices.contains(Int(column)) && columns[Int(column)].computed != nil
  }
}
