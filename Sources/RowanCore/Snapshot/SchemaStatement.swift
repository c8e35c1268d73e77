/// One statement of a migration.
public struct SchemaStatement: Sendable, Hashable {
  /// Whether a statement can stand in a transaction with others.
  public enum Placement: String, Sendable, Hashable, Codable {
    /// In one transaction with its neighbours.
    case together
    /// In a transaction, but what follows needs this one's committed.
    case committedBefore
    /// Outside any transaction.
    case outside
  }

  /// The text, without a semicolon.
  public var sql: String
  /// Whether it can stand in a transaction.
  public var placement: Placement
  /// What holds once it has run and not before, so that a run that was cut off can be told from one that was not.
  /// Empty where running it again does no harm.
  public var facts: [SchemaFact]
  /// What it destroys for good, in words; nil where nothing is lost.
  public var loss: String?

  /// Makes a statement.
  public init(_ sql: String, placement: Placement = .together, facts: [SchemaFact] = [], loss: String? = nil) {
    self.sql = sql
    self.placement = placement
    self.facts = facts
    self.loss = loss
  }
}

/// Something that can be looked up in a schema.
public struct SchemaFact: Sendable, Hashable, Codable {
  /// What is looked up.
  public enum Kind: String, Sendable, Hashable, Codable {
    case namespace, `extension`, `enum`, enumValue, table, view, column, primaryKey, unique, check, foreignKey, index
  }

  /// What is looked up.
  public var kind: Kind
  /// The table, view or type.
  public var object: ObjectName
  /// The column, constraint, index or value within it.
  public var part: String?
  /// Whether it is there.
  public var exists: Bool

  /// Makes a fact.
  public init(_ kind: Kind, _ object: ObjectName, _ part: String? = nil, exists: Bool = true) {
    self.kind = kind
    self.object = object
    self.part = part
    self.exists = exists
  }

  /// Whether it holds in `schema`.
  public func holds(in schema: SchemaSnapshot) -> Bool { isThere(in: schema) == exists }

  private func isThere(in schema: SchemaSnapshot) -> Bool {
    let table = schema.table(object)
    return switch kind {
    case .namespace: schema.namespaces.contains(object.name)
    case .extension: schema.extensions.contains(object.name)
    case .enum: schema.enumeration(object) != nil
    case .enumValue: schema.enumeration(object)?.values.contains { $0 == part } ?? false
    case .table: table != nil
    case .view: schema.view(object) != nil
    case .column: table?.columns.contains { $0.name == part } ?? false
    case .primaryKey: table?.primaryKey != nil
    case .unique: table?.uniques.contains { $0.name == part } ?? false
    case .check: table?.checks.contains { $0.name == part } ?? false
    case .foreignKey: table?.foreignKeys.contains { $0.name == part } ?? false
    case .index: table?.indexes.contains { $0.name == part } ?? false
    }
  }
}
