/// The column a foreign key points to.
public struct ForeignKeySchema: Sendable, Hashable {
  /// The table.
  public var table: String
  /// The column.
  public var column: String
  /// What happens when the row is deleted.
  public var onDelete: ForeignKeyAction
  /// What happens when its key changes.
  public var onUpdate: ForeignKeyAction
  /// The name of the constraint; nil for the generated one.
  public var name: String?
  /// When it is checked.
  public var deferral: ConstraintDeferral

  /// Makes a reference.
  public init(
    table: String, column: String, onDelete: ForeignKeyAction = .noAction, onUpdate: ForeignKeyAction = .noAction,
    name: String? = nil, deferral: ConstraintDeferral = .immediate
  ) {
    self.table = table
    self.column = column
    self.onDelete = onDelete
    self.onUpdate = onUpdate
    self.name = name
    self.deferral = deferral
  }
}

/// Where the table that a foreign key refers to lives.
public enum ReferencedNamespace: Sendable, Hashable {
  /// In the namespace of the referring table.
  case same
  /// In the connection's default namespace.
  case connectionDefault
  /// In the namespace of this name.
  case named(String)
}

/// What a foreign key does to the referring rows.
public enum ForeignKeyAction: String, Sendable, Hashable {
  case noAction, restrict, cascade, setNull, setDefault
}

/// A foreign key over several columns.
public struct CompositeKeySchema: Sendable, Hashable {
  /// The name; nil for the generated one.
  public var name: String?
  /// The referring columns, by name.
  public var columns: [String]
  /// The table.
  public var table: String
  /// The namespace of that table.
  public var namespace: ReferencedNamespace
  /// The columns referred to, by name.
  public var targetColumns: [String]
  /// What happens when the row is deleted.
  public var onDelete: ForeignKeyAction
  /// What happens when its key changes.
  public var onUpdate: ForeignKeyAction
  /// When it is checked.
  public var deferral: ConstraintDeferral

  /// Makes a key.
  public init(
    _ columns: [String], references table: String, _ targetColumns: [String],
    in namespace: ReferencedNamespace = .same, name: String? = nil, onDelete: ForeignKeyAction = .noAction,
    onUpdate: ForeignKeyAction = .noAction, deferral: ConstraintDeferral = .immediate
  ) {
    self.columns = columns
    self.table = table
    self.namespace = namespace
    self.targetColumns = targetColumns
    self.name = name
    self.onDelete = onDelete
    self.onUpdate = onUpdate
    self.deferral = deferral
  }
}
