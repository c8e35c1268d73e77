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

  /// Makes a reference.
  public init(
    table: String, column: String, onDelete: ForeignKeyAction = .noAction, onUpdate: ForeignKeyAction = .noAction
  ) {
    self.table = table
    self.column = column
    self.onDelete = onDelete
    self.onUpdate = onUpdate
  }
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
    _ columns: [String], references table: String, _ targetColumns: [String], name: String? = nil,
    onDelete: ForeignKeyAction = .noAction, onUpdate: ForeignKeyAction = .noAction,
    deferral: ConstraintDeferral = .immediate
  ) {
    self.columns = columns
    self.table = table
    self.targetColumns = targetColumns
    self.name = name
    self.onDelete = onDelete
    self.onUpdate = onUpdate
    self.deferral = deferral
  }
}
