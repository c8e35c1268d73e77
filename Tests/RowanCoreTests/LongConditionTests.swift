import Testing

@testable import RowanCore

/// Conditions put together one by one.
struct LongConditionTests {
  private func equal(_ value: Int) -> Condition {
    Condition(.compare(.equal, ColumnRef(Slot(0), 0), .int(Int64(value))))
  }

  /// How many elements the chain has, however it is cut.
  private func count(_ expr: Expr) -> Int {
    switch expr {
    case .all(let list), .any(let list): list.reduce(0) { $0 + count($1) }
    default: 1
    }
  }

  @Test(arguments: [2, 255, 256, 257, 258, 511, 512, 513, 1000]) func keepsEveryElement(_ length: Int) {
    let all = (1..<length).reduce(equal(0)) { $0 && equal($1) }
    let any = (1..<length).reduce(equal(0)) { $0 || equal($1) }
    #expect(count(all.expr) == length)
    #expect(count(any.expr) == length)
  }

  /// A tree is let go level by level: as deep as these are put together here, it would end the process.
  @Test func sixtyThousandLevelsAreRefusedWhenUsed() throws {
    var condition = equal(0)
    for index in 1..<60_000 {
      condition = index.isMultiple(of: 2) ? condition && equal(index) : condition || equal(index)
    }
    var negated = equal(0)
    for index in 1..<60_000 { negated = !(negated && equal(index)) }
    var listed = equal(0)
    for index in 1..<60_000 { listed = [[listed, equal(index)].all(), equal(index)].any() }
    var sum = Computed<Int64>(.bind(.int(0)))
    for _ in 1..<60_000 { sum = sum + 1 }
    for expr in [condition.expr, negated.expr, listed.expr, sum.expr] {
      var select = Select(scope: 0, base: .table(TableSchema("t", columns: [ColumnSchema("a", Int64.self)])))
      select.filter = expr
      let walk = try ShapeWalk.complete(.select(select))
      #expect(
        walk.binds.contains { value in
          if case .invalid(let failure) = value { failure.code == .nestingTooDeep } else { false }
        })
    }
  }

  @Test func levelsWithinTheLimitAreKept() throws {
    var condition = equal(0)
    for index in 1..<NestingLimit.levels - 1 {
      condition = index.isMultiple(of: 2) ? condition && equal(index) : condition || equal(index)
    }
    #expect(count(condition.expr) == NestingLimit.levels - 1)
  }

  /// Would take minutes if each step copied what is there.
  @Test func aHundredThousandByOperators() throws {
    let condition = (1..<100_000).reduce(equal(0)) { $0 || equal($1) }
    #expect(count(condition.expr) == 100_000)
    var select = Select(scope: 0, base: .table(TableSchema("t", columns: [ColumnSchema("a", Int64.self)])))
    select.filter = condition.expr
    try NestingLimit.check(.select(select))
  }
}
