/// A DELETE as a value.
/// ```swift
/// try await Post.delete().where { $0.authorID == id }.run(db)
/// // DELETE FROM "posts" WHERE "posts"."author_id" = ?
/// ```
public struct Delete<T: Table>: Runnable {
  /// The tree.
  public var delete: DeleteStatement

  @usableFromInline init(_ delete: DeleteStatement) { self.delete = delete }

  /// Only rows that satisfy `condition`, and every condition before it.
  public consuming func `where`(_ condition: (T.Columns) -> Condition) -> Delete {
    let scope = delete.scope
    let expr = Scope.inside(scope) { condition(T.Columns(Slot(scope: scope, 0))).expr }
    delete.filter = delete.filter.joined(with: expr)
    return self
  }

  /// Every row of the table: a delete without `where` is refused unless it says so.
  public var all: Delete {
    var copy = self
    copy.delete.allRows = true
    return copy
  }

  /// The deleted rows.
  ///
  /// SQL: `… RETURNING *` by name. On engines without it the rows are read and locked first, inside a transaction.
  public func returning() -> Returning<T> {
    var copy = delete
    copy.returning = .rows
    return Returning(.delete(copy))
  }

  /// Runs the delete.
  /// - Throws: ``RowanError/Code/missingWhere`` without a condition and without ``all``.
  @discardableResult public func run(_ db: some QueryExecutor) async throws -> WriteResult {
    try await db.runStatement(.delete(delete))
  }
}

extension Table {
  /// Deletes the rows that a following `where` selects.
  public static func delete() -> Delete<Self> { Delete(DeleteStatement(scope: Scope.depth, table: schema)) }
}
