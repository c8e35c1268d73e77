/// Statements gathered to be sent together.
public struct Batch {
  @usableFromInline var statements: [Statement] = []

  /// Adds an insert; its rows become one statement for each set of columns.
  @inlinable public mutating func add<T>(_ insert: Insert<T>) {
    if let single = insert.single { statements.append(single) } else { add(insert.plan) }
  }

  @usableFromInline mutating func add(_ plan: InsertPlan) {
    for group in plan.groups { statements.append(plan.statement(group)) }
  }

  /// Adds an update.
  public mutating func add<T>(_ update: Update<T>) { statements.append(.update(update.update)) }
  /// Adds a delete.
  public mutating func add<T>(_ delete: Delete<T>) { statements.append(.delete(delete.delete)) }
  /// Adds a statement written by hand.
  public mutating func add(_ sql: SQL) { statements.append(sql.statement(.write)) }
}
