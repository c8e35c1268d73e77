/// What the columns of a primary key do not say.
public struct PrimaryKeySchema: Sendable, Hashable {
  /// The name of the constraint; nil for the generated one.
  public var name: String?
  /// The columns in the order in which the database keeps them, by name; empty where that is the order in which they are
  /// declared.
  public var columns: [String]

  /// Names a key, or states the order of its columns.
  public init(_ columns: [String] = [], name: String? = nil) {
    self.columns = columns
    self.name = name
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
