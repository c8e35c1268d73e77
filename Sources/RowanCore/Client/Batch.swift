/// Statements gathered to be sent together.
public struct Batch {
  /// What was added: the statements it takes, which an insert only knows once the engine is known.
  var additions: [@Sendable (Capabilities) -> [Statement]] = []

  /// Adds an insert. However many statements its rows take, it has one result.
  public mutating func add<T>(_ insert: Insert<T>) {
    let plan = InsertPlan<T>(insert)
    additions.append { plan.statements($0) }
  }

  /// Adds an update.
  public mutating func add<T>(_ update: Update<T>) { add(.update(update.update)) }
  /// Adds a delete.
  public mutating func add<T>(_ delete: Delete<T>) { add(.delete(delete.delete)) }
  /// Adds a statement written by hand.
  public mutating func add(_ sql: SQL) { add(sql.statement(.write)) }

  private mutating func add(_ statement: Statement) { additions.append { _ in [statement] } }
}
