/// A query made of a SELECT: its rows can be counted without being read.
public protocol SelectFetchable<Row>: Fetchable {
  /// The tree.
  var select: Select { get }
}

extension SelectFetchable {
  /// How many rows the query has, under its limit, offset and `distinct` if it has them.
  ///
  /// SQL: `SELECT count(*) FROM … WHERE …`, or `SELECT count(*) FROM (the query)` where rows are cut or folded.
  public func fetchCount(_ db: some QueryExecutor) async throws -> Int {
    try await select.counting().fetchOne(db)
  }

  /// Whether the query has any row: `SELECT 1 … LIMIT 1`.
  public func exists(_ db: some QueryExecutor) async throws -> Bool {
    try await select.existing().fetchFirst(db) != nil
  }
}

extension Select {
  /// The query that counts this one's rows.
  @usableFromInline func counting() -> ScalarQuery<Int> {
    let count = Field(.node(.aggregate(.count, distinct: false)), as: Int.self)
    let cutsOrFolds =
      distinct || limit != nil || offset != nil || !group.isEmpty || !combined.isEmpty || having != nil || isAggregate
    if !cutsOrFolds {
      var plain = self
      plain.order = []
      plain.lock = nil
      plain.fields = .list([count])
      return ScalarQuery(plain)
    }
    var outer = Select(scope: scope, base: .select(inner()))
    outer.fields = .list([count])
    return ScalarQuery(outer)
  }

  /// The query that has a row if this one has any.
  @usableFromInline func existing() -> ScalarQuery<Int> {
    var plain = self
    plain.order = []
    plain.lock = nil
    if combined.isEmpty && group.isEmpty && !distinct && !isAggregate {
      plain.fields = .list([Field(.node(.raw(["1"])), as: Int.self)])
      if plain.limit == nil { plain.limit = .bind(.int(1)) }
      return ScalarQuery(plain)
    }
    var outer = Select(scope: scope, base: .select(plain.inner()))
    outer.fields = .list([Field(.node(.raw(["1"])), as: Int.self)])
    outer.limit = .bind(.int(1))
    return ScalarQuery(outer)
  }

  /// Aggregates without GROUP BY yield one row whatever they read.
  private var isAggregate: Bool {
    guard case .list(let list) = fields else { return false }
    return list.contains { $0.expr.containsAggregate }
  }

  /// This query as a source inside another, one level deeper.
  func inner() -> Select {
    var copy = self
    copy.move(by: 1)
    return copy
  }
}

extension Expr {
  /// Whether an aggregate stands in the expression itself, sub-queries and windows apart.
  package var containsAggregate: Bool {
    switch self {
    case .column, .bind, .compare, .isNull: return false
    case .all(let list), .any(let list): return list.contains(where: \.containsAggregate)
    case .not(let inner): return inner.containsAggregate
    case .binary(_, let left, let right): return left.containsAggregate || right.containsAggregate
    case .node(let node):
      switch node.kind {
      case .aggregate: return true
      case .window: return false
      default: return node.args.contains(where: \.containsAggregate)
      }
    }
  }
}
