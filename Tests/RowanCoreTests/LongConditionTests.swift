import RowanCore
import Testing

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

  /// Would take minutes if each step copied what is there.
  @Test func aHundredThousandByOperators() throws {
    let condition = (1..<100_000).reduce(equal(0)) { $0 || equal($1) }
    #expect(count(condition.expr) == 100_000)
    var select = Select(scope: 0, base: .table(TableSchema("t", columns: [ColumnSchema("a", Int64.self)])))
    select.filter = condition.expr
    try NestingLimit.check(.select(select))
  }
}
