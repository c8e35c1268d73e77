/// A table as data.
public struct TableSnapshot: Sendable, Hashable, Codable {
  /// Its name.
  public var name: ObjectName
  /// What it is for.
  public var comment: String?
  /// Its columns, in order.
  public var columns: [ColumnSnapshot]
  /// Its primary key.
  public var primaryKey: PrimaryKeySnapshot?
  /// Its unique constraints.
  public var uniques: [UniqueSnapshot]
  /// Its CHECK constraints.
  public var checks: [CheckSnapshot]
  /// Its foreign keys.
  public var foreignKeys: [ForeignKeySnapshot]
  /// Its indexes, without those that constraints have of their own.
  public var indexes: [IndexSnapshot]
  /// What only one engine has, in that engine's words: `collation`, `strict`, `without_rowid`.
  public var options: [String: String]

  /// Makes a table.
  public init(
    _ name: ObjectName, comment: String? = nil, columns: [ColumnSnapshot], primaryKey: PrimaryKeySnapshot? = nil,
    uniques: [UniqueSnapshot] = [], checks: [CheckSnapshot] = [], foreignKeys: [ForeignKeySnapshot] = [],
    indexes: [IndexSnapshot] = [], options: [String: String] = [:]
  ) {
    self.name = name
    self.comment = comment
    self.columns = columns
    self.primaryKey = primaryKey
    self.uniques = uniques
    self.checks = checks
    self.foreignKeys = foreignKeys
    self.indexes = indexes
    self.options = options
    sort()
  }

  /// The column called `name`.
  public func column(_ name: String) -> ColumnSnapshot? { columns.first { $0.name == name } }

  /// Sorts constraints and indexes by name.
  public mutating func sort() {
    uniques.sort { utf8Order($0.name, $1.name) }
    checks.sort { utf8Order($0.name, $1.name) }
    foreignKeys.sort { utf8Order($0.name, $1.name) }
    indexes.sort { utf8Order($0.name, $1.name) }
  }
}

/// A primary key.
public struct PrimaryKeySnapshot: Sendable, Hashable, Codable {
  /// Its name; nil where the engine gives every primary key the same.
  public var name: String?
  /// The columns, in order.
  public var columns: [String]

  /// Makes a key.
  public init(name: String?, columns: [String]) {
    self.name = name
    self.columns = columns
  }
}

/// A unique constraint.
public struct UniqueSnapshot: Sendable, Hashable, Codable {
  /// Its name.
  public var name: String
  /// The columns, in order.
  public var columns: [String]

  /// Makes a constraint.
  public init(_ name: String, columns: [String]) {
    self.name = name
    self.columns = columns
  }
}

/// A CHECK constraint.
public struct CheckSnapshot: Sendable, Hashable, Codable {
  /// Its name.
  public var name: String
  /// The condition.
  public var expression: SchemaExpression

  /// Makes a constraint.
  public init(_ name: String, _ expression: SchemaExpression) {
    self.name = name
    self.expression = expression
  }
}

/// A foreign key.
public struct ForeignKeySnapshot: Sendable, Hashable, Codable {
  /// Its name.
  public var name: String
  /// The referring columns.
  public var columns: [String]
  /// The table referred to.
  public var target: ObjectName
  /// The columns referred to.
  public var targetColumns: [String]
  /// What happens when the row referred to is deleted.
  public var onDelete: ForeignKeyAction
  /// What happens when its key changes.
  public var onUpdate: ForeignKeyAction
  /// When it is checked.
  public var deferral: ConstraintDeferral

  /// Makes a key.
  public init(
    _ name: String, columns: [String], target: ObjectName, targetColumns: [String],
    onDelete: ForeignKeyAction = .noAction, onUpdate: ForeignKeyAction = .noAction,
    deferral: ConstraintDeferral = .immediate
  ) {
    self.name = name
    self.columns = columns
    self.target = target
    self.targetColumns = targetColumns
    self.onDelete = onDelete
    self.onUpdate = onUpdate
    self.deferral = deferral
  }
}

/// When a constraint is checked.
public enum ConstraintDeferral: String, Sendable, Hashable, Codable {
  /// After each statement.
  case immediate
  /// After each statement, unless the transaction defers it.
  case deferrable
  /// When the transaction commits.
  case deferred
}

extension ForeignKeyAction: Codable {}
