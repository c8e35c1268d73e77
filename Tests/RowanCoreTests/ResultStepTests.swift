import Testing

@testable import RowanCore

/// What a statement knows of its columns: what an error about one of them says.
@Suite struct ResultStepTests {
  private typealias T = CodecTables

  /// Table, name, Swift type and type of each column.
  private func steps(_ statement: Statement) throws -> [String] {
    try T.compile(statement, []).results.map { step in
      let parts: [String?] = [step.table, step.name, step.swiftType, step.type.map { "\($0)" }]
      return parts.map { $0 ?? "-" }.joined(separator: " ")
    }
  }

  private func select(_ fields: Field..., scope: UInt8 = 0, from source: FromSource = .table(T.notes)) -> Select {
    var select = Select(scope: scope, base: source)
    select.fields = .list(ContiguousArray(fields))
    return select
  }

  private func raw(_ change: (inout RawStatement) -> Void) -> Statement {
    var raw = RawStatement(parts: ["SELECT a, b FROM c"], args: [], access: .read)
    change(&raw)
    return .raw(raw)
  }

  @Test func wholeRowsAreTheirColumns() throws {
    #expect(
      try steps(.select(T.select(from: T.lines))) == ["lines id Int64 bigint", "lines code String text"])
    #expect(try steps(raw { $0.table = T.lines }) == ["lines id Int64 bigint", "lines code String text"])
  }

  @Test func aFieldIsReadAsItsOwnType() throws {
    let lower = Expr.node(.function(.lower), [T.column(1)])
    let fields = select(
      Field(T.column(1), as: String?.self), Field(T.column(0), type: nil), Field(lower, as: String.self),
      Field(lower, type: .text))
    #expect(
      try steps(.select(fields)) == [
        "notes code Optional<String> text", "notes id Int64 bigint", "- - String text", "- - - text",
      ])
  }

  @Test func aColumnIsItselfOutsideASubQuery() throws {
    let inner = select(
      Field(T.column(2, scope: 1), type: nil),
      Field(.node(.function(.length), [T.column(1, scope: 1)]), as: Int.self), scope: 1)
    let outer = select(Field(T.column(0), type: nil), Field(T.column(1), type: nil), from: .select(inner))
    #expect(try steps(.select(outer)) == ["notes text Optional<String> text", "- - Int bigint"])
  }

  @Test func valuesOfSQLWrittenByHand() throws {
    #expect(
      try steps(raw { $0.swiftTypes = [Int64.self, String?.self] })
        == ["- - Int64 bigint", "- - Optional<String> text"])
    #expect(try steps(raw { $0.types = [.bigint, nil] }) == ["- - - bigint", "- - - -"])
    #expect(try steps(raw { _ in }) == [])
    #expect(
      try steps(SQL("SELECT a, b FROM c").as(Bool.self, Double?.self).statement)
        == ["- - Bool boolean", "- - Optional<Double> double"])
  }

  /// One compiled statement for two Swift types would speak of the first when the second cannot be read.
  @Test func theSwiftTypeIsPartOfTheShape() throws {
    let length = Expr.node(.function(.length), [T.column(1)])
    let pairs: [(Statement, Statement)] = [
      (.select(select(Field(length, as: Int.self))), .select(select(Field(length, as: Int64.self)))),
      (.select(select(Field(length, as: Int.self))), .select(select(Field(length, type: .bigint)))),
      (raw { $0.swiftTypes = [Int.self] }, raw { $0.swiftTypes = [Int64.self] }),
      (raw { $0.swiftTypes = [Int.self] }, raw { $0.swiftTypes = [Int.self, Int.self] }),
    ]
    for (left, right) in pairs {
      #expect(ShapeEquality.same(left, left))
      #expect(!ShapeEquality.same(left, right))
      #expect(ShapeWalk.unlimited(left).hasher.value != ShapeWalk.unlimited(right).hasher.value)
    }
  }
}
