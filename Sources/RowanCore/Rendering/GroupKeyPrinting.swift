/// Where a grouping key is said again outside GROUP BY, for dialects that spell it differently there.
public struct GroupKeyUse {
  /// The key.
  public let expr: Expr
  /// Whether it stands in HAVING.
  public let isInHaving: Bool
  /// Whether it stands in a query inside the grouped one.
  public let isInSubQuery: Bool
}

/// What a printer remembers of grouping keys.
struct GroupKeyMemory {
  private struct Name: Hashable {
    var scope: UInt8
    var index: Int
  }

  /// The numbers of the placeholders in each key.
  private var placeholders: [Name: ContiguousArray<Int>] = [:]
  /// The queries whose HAVING is being printed.
  var havings: Set<UInt8> = []
  /// The queries whose single rows are being read, by an aggregate's operands: there a key is an expression like any.
  var aggregated: Set<UInt8> = []
  /// Whether GROUP BY is being printed.
  var isGrouping = false

  func known(_ scope: UInt8, _ index: Int) -> ContiguousArray<Int>? { placeholders[Name(scope: scope, index: index)] }

  mutating func note(_ numbers: ContiguousArray<Int>, _ scope: UInt8, _ index: Int) {
    placeholders[Name(scope: scope, index: index)] = numbers
  }

  /// What a query at `scope` has to know of those around it.
  func entering(_ scope: UInt8) -> GroupKeyMemory {
    var inner = self
    inner.placeholders = placeholders.filter { $0.key.scope < scope }
    inner.havings = havings.filter { $0 < scope }
    inner.aggregated = aggregated.filter { $0 < scope }
    inner.isGrouping = false
    return inner
  }
}

extension SQLPrinter {
  /// Prints the `index`-th grouping key of the query at `scope` outside GROUP BY.
  func groupKey(_ key: Expr, scope: UInt8, index: Int, in place: Precedence) throws {
    // As GROUP BY has it.
    if emitConstant(key) { return }
    if groupKeys.aggregated.contains(scope) { return try expr(key, place) }
    let isInSubQuery = scopes.current?.scope != scope
    let use = GroupKeyUse(expr: key, isInHaving: groupKeys.havings.contains(scope), isInSubQuery: isInSubQuery)
    // An aggregate belongs to the deepest query whose columns it reads: one of outer columns alone is an outer one's.
    let isPlain = try !ColumnLevels.of([key]).contains(scope)
    let print = { [self] in isPlain ? try expr(key, place) : try groupKey(use, in: place) }
    if !isPlain, use.isInHaving, groupKeys.isGrouping, !dialect.capabilities.correlatedGroupKeys {
      throw unsupported(
        "grouping a sub-query of HAVING by the key of the query around it",
        alternative: "compare with the key in the sub-query's where or having")
    }
    if isInSubQuery { try print() } else { try sharingPlaceholders(scope, index, print) }
  }

  /// Prints a grouping key where `print` says it: the first time with placeholders of its own, after that with the same.
  func sharingPlaceholders(_ scope: UInt8, _ index: Int, _ print: () throws -> Void) throws {
    guard placeholdersAreNumbered, repeated == nil else { return try print() }
    if let known = groupKeys.known(scope, index) {
      repeated = known[...]
      defer { repeated = nil }
      return try print()
    }
    let first = numbers.count
    try print()
    groupKeys.note(ContiguousArray(numbers[first...]), scope, index)
  }

  /// Prints an aggregate over `args`, unless it is one over a window, which reads rows that are grouped already.
  func aggregated(_ args: ContiguousArray<Expr>, isWindow: Bool, _ print: () throws -> Void) throws {
    let outer = groupKeys.aggregated
    defer { groupKeys.aggregated = outer }
    if !isWindow {
      let innermost = scopes.current?.scope ?? 0
      groupKeys.aggregated.insert(try ColumnLevels.of(args).filter { $0 <= innermost }.max() ?? innermost)
    }
    try print()
  }
}
