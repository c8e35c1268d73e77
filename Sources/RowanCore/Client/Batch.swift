/// Statements gathered to be sent together.
public struct Batch {
  var statements: [Statement] = []

  /// Adds an insert; its rows become one statement for each set of columns.
  public mutating func add<T>(_ insert: Insert<T>) {
    let plan = InsertPlan<T>(insert)
    for group in plan.groups {
      statements.append(plan.statement(group, group.values, rows: group.rows, returning: nil))
    }
  }

  /// Adds an update.
  public mutating func add<T>(_ update: Update<T>) { statements.append(.update(update.update)) }
  /// Adds a delete.
  public mutating func add<T>(_ delete: Delete<T>) { statements.append(.delete(delete.delete)) }
  /// Adds a statement written by hand.
  public mutating func add(_ sql: SQL) { statements.append(sql.statement(.write)) }
}
