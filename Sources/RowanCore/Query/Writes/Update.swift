/// An UPDATE as a value.
/// ```swift
/// try await User.update { $0.name = "x"; $0.score = $0.score + 1 }.where { $0.id == id }.run(db)
/// // UPDATE "users" SET "name" = ?, "score" = "users"."score" + ? WHERE "users"."id" = ?
/// ```
public struct Update<T: Table>: Runnable {
  /// The tree.
  public var update: UpdateStatement

  @usableFromInline init(_ update: UpdateStatement) { self.update = update }

  /// Only rows that satisfy `condition`, and every condition before it.
  public consuming func `where`(_ condition: (T.Columns) -> Condition) -> Update {
    let scope = update.scope
    let expr = Scope.inside(scope) { condition(T.Columns(Slot(scope: scope, 0))).expr }
    update.filter = update.filter.joined(with: expr)
    return self
  }

  /// Every row of the table: an update without `where` is refused unless it says so.
  public var all: Update {
    var copy = self
    copy.update.allRows = true
    return copy
  }

  /// The changed rows as they are after the update.
  ///
  /// SQL: `… RETURNING *` by name. On engines without it the rows' keys are read and locked first, inside a
  /// transaction, then updated by key and read again: three statements.
  public func returning() -> Returning<T> {
    var copy = update
    copy.returning = .rows
    return Returning(.update(copy))
  }

  /// Runs the update.
  /// - Throws: ``RowanError/Code/missingWhere`` without a condition and without ``all``.
  @discardableResult public func run(_ db: some QueryExecutor) async throws -> WriteResult {
    try await db.runStatement(.update(update))
  }
}

extension Expr? {
  /// This and `other`.
  func joined(with other: Expr) -> Expr {
    switch self {
    case .all(var list)?:
      list.append(other)
      return .all(list)
    case let present?: return .all([present, other])
    case nil: return other
    }
  }
}

extension Table {
  /// Changes columns of the rows that a following `where` selects.
  public static func update(_ body: (inout Changes<Columns>) -> Void) -> Update<Self> {
    let scope = Scope.depth
    var changes = Changes(rowanColumns: Columns(Slot(scope: scope, 0)))
    Scope.inside(scope) { body(&changes) }
    return Update(UpdateStatement(scope: scope, table: schema, assignments: changes.rowanAssignments))
  }
}
