import RowanCore

/// What becomes of the columns of a table.
struct ColumnChanges {
  private(set) var changes: [TableChange] = []
  private(set) var unverified: [String] = []

  /// Compares the columns of two tables.
  /// - Parameters:
  ///   - before: the table as it was, its columns under their new names.
  ///   - after: the table as it shall be.
  ///   - renamed: former names of columns, by present ones.
  init(_ before: TableSnapshot, _ after: TableSnapshot, renamed: [String: String]) {
    var dropped: [TableChange] = [], added: [TableChange] = [], altered: [TableChange] = []
    let gone = before.columns.filter { after.column($0.name) == nil }
    for column in after.columns {
      guard let old = before.column(column.name) else {
        added.append(.addColumn(column))
        continue
      }
      if isRecomputed(old, column, in: before, after) {
        dropped.append(.dropColumn(old))
        added.append(.addColumn(column))
      } else if !isSame(old, column, "\(after.name).\(column.name)") {
        altered.append(.alterColumn(from: old, to: column))
      }
    }
    // What is computed goes before what it may be computed from.
    let isComputed = { (column: ColumnSnapshot) in column.computed != nil }
    dropped += gone.filter(isComputed).map { .dropColumn($0) }
    dropped += gone.filter { !isComputed($0) }.map { .dropColumn($0) }
    let renames = after.columns.compactMap { column in
      renamed[column.name].map { TableChange.renameColumn(from: $0, to: column.name) }
    }
    // What is computed goes before what it may be computed from, and comes after it.
    changes =
      renames + dropped.filter(\.isOfComputedColumn) + dropped.filter { !$0.isOfComputedColumn }
      + added.filter { !$0.isOfComputedColumn } + added.filter(\.isOfComputedColumn) + altered
  }

  /// A computed column is made anew where its expression changes, and where a column it may be computed from changes
  /// its type, which no engine allows while it is there.
  private mutating func isRecomputed(
    _ old: ColumnSnapshot, _ new: ColumnSnapshot, in before: TableSnapshot, _ after: TableSnapshot
  ) -> Bool {
    guard let one = old.computed, let other = new.computed else {
      return (old.computed == nil) != (new.computed == nil)
    }
    if one.isStored != other.isStored || old.type != new.type { return true }
    switch one.expression.isSame(as: other.expression) {
    case false?: return true
    case nil: unverified.append("\(after.name).\(new.name): what it is computed from")
    case true?: break
    }
    return after.columns.contains { column in
      guard let former = before.column(column.name), former.type != column.type else { return false }
      return Mention.of(column.name, in: other.expression.source)
    }
  }

  private mutating func isSame(_ old: ColumnSnapshot, _ new: ColumnSnapshot, _ place: String) -> Bool {
    var old = old
    old.computed = new.computed
    if case .expression(let one)? = old.defaultValue, case .expression(let other)? = new.defaultValue {
      switch one.isSame(as: other) {
      case false?: return false
      case nil:
        unverified.append("\(place): its default")
        old.defaultValue = new.defaultValue
      case true?: old.defaultValue = new.defaultValue
      }
    }
    return old == new
  }
}

extension TableChange {
  /// Whether a column comes or goes that has no values of its own.
  fileprivate var isOfComputedColumn: Bool {
    switch self {
    case .addColumn(let column), .dropColumn(let column): column.computed != nil
    default: false
    }
  }
}
