/// Statements gathered to be sent together.
public struct Batch {
  /// One thing that was added.
  @usableFromInline enum Addition: Sendable {
    case statement(Statement)
    /// Rows whose statements are only known once the engine is.
    case rows(InsertPlan)
  }

  @usableFromInline var additions: ContiguousArray<Addition> = []

  /// Adds an insert. However many statements its rows take, it has one result.
  @inlinable public mutating func add<T>(_ insert: Insert<T>) {
    if let single = insert.single { additions.append(.statement(single)) } else { additions.append(.rows(insert.plan)) }
  }

  /// Adds an update.
  public mutating func add<T>(_ update: Update<T>) { add(.update(update.update)) }
  /// Adds a delete.
  public mutating func add<T>(_ delete: Delete<T>) { add(.delete(delete.delete)) }
  /// Adds a statement written by hand.
  public mutating func add(_ sql: SQL) { add(sql.statement(.write)) }

  private mutating func add(_ statement: Statement) { additions.append(.statement(statement)) }
}

extension Batch.Addition {
  /// The statements it takes on an engine.
  func statements(_ capabilities: Capabilities) -> [Statement] {
    switch self {
    case .statement(let statement): [statement]
    case .rows(let plan): plan.statements(capabilities)
    }
  }
}
