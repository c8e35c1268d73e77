/// An index of a table.
public struct IndexSchema: Sendable, Hashable {
  /// The name; nil for the generated one.
  public var name: String?
  /// What it is over, in order.
  public var elements: [IndexElement]
  /// Whether it is unique.
  public var isUnique: Bool
  /// The condition of a partial index, as SQL.
  public var predicate: String?
  /// Columns it holds without being ordered by them, by name.
  public var including: [String]
  /// Its method, in the engine's word; nil for the engine's default.
  public var method: String?

  /// The columns it is over, by name; expressions have none.
  public var columns: [String] { elements.compactMap(\.column) }

  /// Makes an index over `columns`.
  public init(
    _ columns: [String], name: String? = nil, unique: Bool = false, where predicate: String? = nil,
    including: [String] = [], method: String? = nil
  ) {
    self.init(
      elements: columns.map { IndexElement(column: $0) }, name: name, unique: unique, where: predicate,
      including: including, method: method)
  }

  /// Makes an index over columns and expressions, each with its order.
  /// ```swift
  /// IndexSchema(elements: [.expression("lower(email)"), .descending("created_at")], name: "users_by_email")
  /// ```
  public init(
    elements: [IndexElement], name: String? = nil, unique: Bool = false, where predicate: String? = nil,
    including: [String] = [], method: String? = nil
  ) {
    self.elements = elements
    self.name = name
    isUnique = unique
    self.predicate = predicate
    self.including = including
    self.method = method
  }
}

extension IndexElement {
  /// A column in ascending order.
  public static func column(_ name: String) -> IndexElement { IndexElement(column: name) }
  /// A column in descending order.
  public static func descending(_ name: String) -> IndexElement { IndexElement(column: name, descending: true) }
  /// An expression, as SQL.
  public static func expression(_ sql: String) -> IndexElement { IndexElement(expression: SchemaExpression(sql)) }
}
