/// A column as data.
public struct ColumnSnapshot: Sendable, Hashable, Codable {
  /// Its name.
  public var name: String
  /// Its type.
  public var type: SQLType
  /// Whether it admits `NULL`.
  public var isNullable: Bool
  /// Its default.
  public var defaultValue: DefaultSnapshot?
  /// How the database numbers its rows, where it does.
  public var identity: IdentitySnapshot?
  /// The expression its value is computed from.
  public var computed: ComputedSnapshot?
  /// Its collation, where it is not the default.
  public var collation: String?
  /// What it is for.
  public var comment: String?

  /// Makes a column.
  public init(
    _ name: String, _ type: SQLType, isNullable: Bool = false, default defaultValue: DefaultSnapshot? = nil,
    identity: IdentitySnapshot? = nil, computed: ComputedSnapshot? = nil, collation: String? = nil,
    comment: String? = nil
  ) {
    self.name = name
    self.type = type
    self.isNullable = isNullable
    self.defaultValue = defaultValue
    self.identity = identity
    self.computed = computed
    self.collation = collation
    self.comment = comment
  }
}

/// How a database numbers the rows of a table.
public enum IdentitySnapshot: String, Sendable, Hashable, Codable {
  /// A number where none is given: an identity column, auto-increment, a rowid.
  case byDefault
  /// A number, whatever is given.
  case always
  /// A default taken from a sequence the column owns.
  case serial
}

/// A column computed from others.
public struct ComputedSnapshot: Sendable, Hashable, Codable {
  /// The expression.
  public var expression: SchemaExpression
  /// Whether its value is stored; otherwise it is computed when read.
  public var isStored: Bool

  /// Makes one.
  public init(_ expression: SchemaExpression, isStored: Bool) {
    self.expression = expression
    self.isStored = isStored
  }
}
