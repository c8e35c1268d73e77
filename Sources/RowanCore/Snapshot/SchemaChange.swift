/// One step from a schema to another.
public enum SchemaChange: Sendable, Hashable {
  case createNamespace(String)
  case dropNamespace(String)
  case createExtension(String)
  case dropExtension(String)
  case createEnum(EnumSnapshot)
  case dropEnum(EnumSnapshot)
  case renameEnum(from: ObjectName, to: ObjectName)
  case alterEnum(from: EnumSnapshot, to: EnumSnapshot)
  case createTable(TableSnapshot)
  case dropTable(TableSnapshot)
  case renameTable(from: ObjectName, to: ObjectName)
  /// Everything that changes within one table; renamed before, if it is.
  case alterTable(TableAlteration)
  case createView(ViewSnapshot)
  case dropView(ViewSnapshot)
}

/// Everything that changes within one table.
public struct TableAlteration: Sendable, Hashable {
  /// The table as it is, under its new name.
  public var before: TableSnapshot
  /// The table as it shall be.
  public var after: TableSnapshot
  /// What changes, in the order in which it can be done: what goes, what is renamed, what comes, what is altered.
  public var changes: [TableChange]

  /// Makes an alteration.
  public init(before: TableSnapshot, after: TableSnapshot, changes: [TableChange]) {
    self.before = before
    self.after = after
    self.changes = changes
  }

  /// The columns both have, as pairs of the name before and the name after, in the order of the table after.
  public var keptColumns: [(before: String, after: String)] {
    var renamed: [String: String] = [:]
    for case .renameColumn(let from, let to) in changes { renamed[to] = from }
    return after.columns.compactMap { column in
      let former = renamed[column.name] ?? column.name
      if changes.contains(where: { if case .addColumn(column) = $0 { true } else { false } }) { return nil }
      return before.column(former) == nil ? nil : (former, column.name)
    }
  }
}

/// One change within a table.
public enum TableChange: Sendable, Hashable {
  case dropForeignKey(ForeignKeySnapshot)
  case dropIndex(IndexSnapshot)
  case dropCheck(CheckSnapshot)
  case dropUnique(UniqueSnapshot)
  case dropPrimaryKey(PrimaryKeySnapshot)
  case renameColumn(from: String, to: String)
  case dropColumn(ColumnSnapshot)
  case addColumn(ColumnSnapshot)
  /// The column under its new name, as it is and as it shall be.
  case alterColumn(from: ColumnSnapshot, to: ColumnSnapshot)
  case addPrimaryKey(PrimaryKeySnapshot)
  case addUnique(UniqueSnapshot)
  case addCheck(CheckSnapshot)
  case createIndex(IndexSnapshot)
  case addForeignKey(ForeignKeySnapshot)
  case renamePrimaryKey(from: String, to: String)
  case renameUnique(from: String, to: String)
  case renameCheck(from: String, to: String)
  case renameForeignKey(from: String, to: String)
  case renameIndex(from: String, to: String)
  case setComment(String?)
  case setOptions([String: String])
}
