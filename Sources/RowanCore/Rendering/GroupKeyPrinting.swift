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
  /// Whether an aggregate's operand is being printed, where a key is an expression like any other.
  var isAggregated = false
  /// What the placeholders to come are called again; nil where they are new.
  var repeated: ArraySlice<Int>?

  func known(_ scope: UInt8, _ index: Int) -> ContiguousArray<Int>? { placeholders[Name(scope: scope, index: index)] }

  mutating func note(_ numbers: ContiguousArray<Int>, _ scope: UInt8, _ index: Int) {
    placeholders[Name(scope: scope, index: index)] = numbers
  }

  /// What a query at `scope` has to know of those around it.
  func entering(_ scope: UInt8) -> GroupKeyMemory {
    var inner = self
    inner.placeholders = placeholders.filter { $0.key.scope < scope }
    inner.havings.remove(scope)
    inner.isAggregated = false
    return inner
  }
}

extension SQLPrinter {
  /// Prints the `index`-th grouping key of the query at `scope` outside GROUP BY.
  func groupKey(_ key: Expr, scope: UInt8, index: Int, in place: Precedence) throws {
    if groupKeys.isAggregated { return try expr(key, place) }
    let isInSubQuery = scopes.current?.scope != scope
    let use = GroupKeyUse(expr: key, isInHaving: groupKeys.havings.contains(scope), isInSubQuery: isInSubQuery)
    if isInSubQuery { return try groupKey(use, in: place) }
    try sharingPlaceholders(scope, index) { try groupKey(use, in: place) }
  }

  /// Prints a grouping key where `print` says it: the first time with placeholders of its own, after that with the same.
  func sharingPlaceholders(_ scope: UInt8, _ index: Int, _ print: () throws -> Void) throws {
    guard placeholdersAreNumbered, groupKeys.repeated == nil else { return try print() }
    if let known = groupKeys.known(scope, index) {
      groupKeys.repeated = known[...]
      defer { groupKeys.repeated = nil }
      return try print()
    }
    let first = binds.count + 1
    try print()
    groupKeys.note(ContiguousArray(first..<binds.count + 1), scope, index)
  }

  /// Prints an aggregate, unless it is one over a window, which reads rows that are grouped already.
  func aggregated(_ readsSingleRows: Bool, _ print: () throws -> Void) rethrows {
    let outer = groupKeys.isAggregated
    if readsSingleRows { groupKeys.isAggregated = true }
    defer { groupKeys.isAggregated = outer }
    try print()
  }
}
