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
  /// Indexes beside those that keys and `unique` columns imply.
  public let indexes: [IndexSchema]
  /// Unique constraints over several columns, as indices into ``columns``.
  public let uniques: [UniqueSchema]
  /// CHECK constraints of the table.
  public let checks: [CheckSchema]
  /// The name this table had before, for migrations.
  public let renamedFrom: String?

  /// Makes a schema. The primary key is made of the columns that say ``ColumnOption/primaryKey``.
  public init(
    _ name: String, namespace: String? = nil, columns: [ColumnSchema], indexes: [IndexSchema] = [],
    uniques: [UniqueSchema] = [], checks: [CheckSchema] = [], renamedFrom: String? = nil
  ) {
    self.name = name
    self.namespace = namespace
    self.columns = columns
    primaryKey = columns.indices.filter { columns[$0].isPrimaryKey }
    self.indexes = indexes
    self.uniques = uniques
    self.checks = checks
    self.renamedFrom = renamedFrom
  }

  /// The index of the column called `name`.
  public func index(of name: String) -> Int? { columns.firstIndex { $0.name == name } }
}

/// An index of a table.
public struct IndexSchema: Sendable, Hashable {
  /// The name; nil for the generated one.
  public var name: String?
  /// The columns, by name.
  public var columns: [String]
  /// Whether it is unique.
  public var isUnique: Bool
  /// The condition of a partial index, as SQL.
  public var predicate: String?

  /// Makes an index over `columns`.
  public init(_ columns: [String], name: String? = nil, unique: Bool = false, where predicate: String? = nil) {
    self.columns = columns
    self.name = name
    isUnique = unique
    self.predicate = predicate
  }
}

/// A unique constraint.
public struct UniqueSchema: Sendable, Hashable {
  /// The name; nil for the generated one.
  public var name: String?
  /// The columns, by name.
  public var columns: [String]

  /// Makes a constraint over `columns`.
  public init(_ columns: [String], name: String? = nil) {
    self.columns = columns
    self.name = name
  }
}

/// A CHECK constraint.
public struct CheckSchema: Sendable, Hashable {
  /// The name; nil for the generated one.
  public var name: String?
  /// The condition, as SQL.
  public var expression: String

  /// Makes a constraint.
  public init(_ expression: String, name: String? = nil) {
    self.expression = expression
    self.name = name
  }
}
