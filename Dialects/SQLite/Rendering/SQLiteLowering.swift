public import RowanCore

extension SQLiteDialect {
  /// An upsert from a query without WHERE would be read as a join with an ON clause.
  /// https://sqlite.org/lang_upsert.html#parsing_ambiguity
  public func lower(_ statement: Statement) throws -> Statement {
    guard case .insert(var insert) = statement, insert.conflict != nil, case .select(var select) = insert.source else {
      return statement
    }
    close(&select)
    insert.source = .select(select)
    return .insert(insert)
  }

  /// Gives the last arm a WHERE, which ends its FROM.
  private func close(_ select: inout Select) {
    if let last = select.combined.last, var arm = last.select {
      close(&arm)
      select.combined[select.combined.count - 1] = SetArm(last.kind, arm)
    } else if select.filter == nil {
      select.filter = .node(.constant(true))
    }
  }
}
