/// An index as data.
public struct IndexSnapshot: Sendable, Hashable, Codable {
  /// Its name.
  public var name: String
  /// What it is over, in order.
  public var elements: [IndexElement]
  /// Whether it is unique.
  public var isUnique: Bool
  /// The condition of a partial index.
  public var predicate: SchemaExpression?
  /// Columns it holds without being ordered by them.
  public var including: [String]
  /// Its method, in the engine's word, where it is not the default: `gin`, `fulltext`.
  public var method: String?

  /// Makes an index.
  public init(
    _ name: String, elements: [IndexElement], isUnique: Bool = false, predicate: SchemaExpression? = nil,
    including: [String] = [], method: String? = nil
  ) {
    self.name = name
    self.elements = elements
    self.isUnique = isUnique
    self.predicate = predicate
    self.including = including
    self.method = method
  }
}

/// One part of what an index is over.
public struct IndexElement: Sendable, Hashable, Codable {
  /// The column; nil for an expression.
  public var column: String?
  /// The expression; nil for a column.
  public var expression: SchemaExpression?
  /// Whether it is in descending order.
  public var isDescending: Bool
  /// Where nulls stand, where that is not the engine's default for the order.
  public var nulls: NullsPlace?
  /// The operator class, where it is not the type's default.
  public var operatorClass: String?
  /// The collation, where it is not the column's.
  public var collation: String?
  /// How many characters of the column are indexed, where not all.
  public var prefixLength: Int?

  /// A column of the table.
  public init(
    column: String, descending: Bool = false, nulls: NullsPlace? = nil, operatorClass: String? = nil,
    collation: String? = nil, prefixLength: Int? = nil
  ) {
    self.column = column
    isDescending = descending
    self.nulls = nulls
    self.operatorClass = operatorClass
    self.collation = collation
    self.prefixLength = prefixLength
  }

  /// An expression over the table's columns.
  public init(
    expression: SchemaExpression, descending: Bool = false, nulls: NullsPlace? = nil, operatorClass: String? = nil,
    collation: String? = nil
  ) {
    self.expression = expression
    isDescending = descending
    self.nulls = nulls
    self.operatorClass = operatorClass
    self.collation = collation
  }
}

/// Where an index keeps nulls.
public enum NullsPlace: String, Sendable, Hashable, Codable { case first, last }
