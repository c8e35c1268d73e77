import Foundation
import RowanCore
import Testing

@testable import RowanMySQL

/// What must fail rather than change or lose a value, and can be gone on with.
@Suite(.enabled(if: TestDatabase.isRequired))
struct SchemaAlterationFailureTests {
  private func table(_ columns: [ColumnSnapshot], uniques: [UniqueSnapshot] = []) throws -> TableSnapshot {
    try MySQLDDLEmitter(MySQLDialect()).normalize(
      TableSnapshot(
        ObjectName("t"), columns: [SchemaAlterationTests.id] + columns, primaryKey: SchemaAlterationTests.key,
        uniques: uniques))
  }

  /// Applies `changes` until one fails, repairs the rows, and goes on with what is left by the facts.
  private func failsThenResumes(
    _ before: TableSnapshot, _ after: TableSnapshot, _ changes: [TableChange], rows: String, kept: String,
    repair: String
  ) async throws {
    try await ScratchSchema.with { scratch in
      let one = SchemaSnapshot(dialect: "mysql", tables: [before])
      let other = SchemaSnapshot(dialect: "mysql", tables: [after])
      try await scratch.create(one)
      try await scratch.run(rows)
      let values = try await scratch.text(kept)
      let statements = try scratch.emitter.statements(
        for: [.alterTable(TableAlteration(before: before, after: after, changes: changes))], from: one, to: other,
        options: DDLOptions())
      var failed = false
      for statement in statements {
        do { try await scratch.run(statement.sql) } catch is RowanError {
          failed = true
          break
        }
      }
      #expect(failed, "nothing failed: \(statements.map(\.sql))")
      #expect(try await scratch.text(kept) == values)
      try await scratch.run(repair)
      for statement in statements {
        let found = try await scratch.introspect().schema
        if !statement.facts.isEmpty, statement.facts.allSatisfy({ $0.holds(in: found) }) { continue }
        try await scratch.run(statement.sql)
      }
      #expect(try await scratch.introspect().schema.differences(from: other) == [])
    }
  }

  @Test func columnsWithoutValues() async throws {
    let column = ColumnSnapshot("n", .bigint)
    let point = ColumnSnapshot("p", .custom("point"))
    let note = ColumnSnapshot("note", .text, isNullable: true)
    let before = try table([])
    var after = try table([column, note, point], uniques: [UniqueSnapshot("uq", columns: ["n"])])
    after.indexes = [IndexSnapshot("sp", elements: [IndexElement(column: "p")], method: "spatial")]
    try await failsThenResumes(
      before, after,
      [
        .addColumn(column), .addColumn(note), .addColumn(point), .addUnique(after.uniques[0]),
        .createIndex(after.indexes[0]),
      ], rows: "INSERT INTO t VALUES (1), (2)", kept: "SELECT GROUP_CONCAT(id) FROM t",
      repair: "UPDATE t SET n = id, p = Point(1, 2)")
  }

  @Test func keysOverColumnsWithoutValues() async throws {
    let column = ColumnSnapshot("n", .bigint)
    let before = try table([])
    var after = try table([column])
    after.primaryKey = PrimaryKeySnapshot(name: nil, columns: ["id", "n"])
    try await failsThenResumes(
      before, after,
      [
        .dropPrimaryKey(SchemaAlterationTests.key), .addColumn(column),
        .addPrimaryKey(PrimaryKeySnapshot(name: nil, columns: ["id", "n"])),
      ], rows: "INSERT INTO t VALUES (1), (2)", kept: "SELECT GROUP_CONCAT(id) FROM t", repair: "UPDATE t SET n = 5")
  }

  @Test func nullsAndDuplicates() async throws {
    let nullable = ColumnSnapshot("n", .bigint, isNullable: true)
    let required = ColumnSnapshot("n", .bigint)
    try await failsThenResumes(
      try table([nullable]), try table([required]), [.alterColumn(from: nullable, to: required)],
      rows: "INSERT INTO t (n) VALUES (1), (NULL)", kept: "SELECT CONCAT(COUNT(*), ':', COUNT(n)) FROM t",
      repair: "UPDATE t SET n = 9 WHERE n IS NULL")
    let unique = UniqueSnapshot("uq", columns: ["n"])
    try await failsThenResumes(
      try table([required]), try table([required], uniques: [unique]), [.addUnique(unique)],
      rows: "INSERT INTO t (n) VALUES (1), (1)", kept: "SELECT GROUP_CONCAT(n) FROM t", repair: "UPDATE t SET n = id")
  }

  /// A type, another, a value that does not fit it, and one that does.
  static let narrowings: [(SQLType, SQLType, String, String)] = [
    (.bigint, .integer, "9999999999", "5"), (.integer, .smallint, "40000", "5"), (.integer, .boolean, "7", "1"),
    (.integer, .unsignedInteger, "-1", "1"), (.unsignedBigint, .bigint, "18446744073709551615", "1"),
    (.bigint, .double, "9007199254740993", "3"), (.integer, .real, "16777217", "3"),
    (.decimal(precision: 10, scale: 4), .decimal(precision: 10, scale: 2), "1.2345", "1.2300"),
    (.decimal(precision: 10, scale: 4), .decimal(precision: 6, scale: 4), "123.4", "12.5"),
    (.decimal(precision: 10, scale: 4), .integer, "1.5", "2"), (.double, .integer, "1.5", "2"),
    (.double, .decimal(precision: 10, scale: 2), "1.234", "0.29"),
    (.real, .decimal(precision: 10, scale: 2), "1.234", "0.29"), (.double, .boolean, "0.5", "1"),
    (.text, .integer, "'abc'", "'12'"), (.text, .integer, "'1.7'", "'-12'"), (.text, .integer, "''", "'7'"),
    (.text, .decimal(precision: 10, scale: 2), "'1.234'", "'1.230'"), (.text, .double, "'1x'", "'1e3'"),
    (.text, .boolean, "'2'", "'1'"), (.text, .varchar(3), "'abcd'", "'abc'"), (.text, .varchar(3), "'a     '", "'a'"),
    (.varchar(9), .varchar(3), "'ab      '", "'ab '"), (.varchar(9), .char(9), "'ab '", "'ab'"),
    (.text, .date, "'2001-01-01 10:00'", "'2001-01-01'"), (.text, .timestamp, "'soon'", "'2001-01-01 10:00:00'"),
    (.text, .json, "'{'", "'{}'"), (.text, .custom("enum('a','b')"), "'c'", "'a'"),
    (.custom("enum('a','b')"), .custom("enum('a','c')"), "'b'", "'a'"),
    (.bytes, .uuid, "'short'", "'0123456789abcdef'"),
    (.bytes, .text, "X'ff'", "'a'"), (.timestamp, .date, "'2001-01-01 10:00:00'", "'2001-01-01'"),
    (.timestamp, .time, "'2001-01-01 10:00:00'", "NULL"), (.time, .timestamp, "'10:00:00'", "NULL"),
    (.timestamp, .custom("datetime"), "'2001-01-01 10:00:00.5'", "'2001-01-01 10:00:00'"),
    (.time, .custom("time(2)"), "'10:00:00.125'", "'10:00:00.12'"),
  ]

  @Test func valuesThatDoNotFit() async throws {
    for (from, to, bad, good) in Self.narrowings {
      let one = ColumnSnapshot("n", from, isNullable: true)
      let other = ColumnSnapshot("n", to, isNullable: true)
      let change = TableChange.alterColumn(from: one, to: other)
      try await failsThenResumes(
        try table([one]), try table([other]), [change], rows: "INSERT INTO t (n) VALUES (\(good)), (\(bad)), (NULL)",
        kept: "SELECT GROUP_CONCAT(HEX(CAST(n AS CHAR)) ORDER BY id) FROM t",
        repair: "UPDATE t SET n = \(good) WHERE id = 2")
      let statements = try MySQLDDLEmitter(MySQLDialect()).statements(
        for: [.alterTable(TableAlteration(before: try table([one]), after: try table([other]), changes: [change]))],
        from: SchemaSnapshot(dialect: "mysql"), to: SchemaSnapshot(dialect: "mysql"), options: DDLOptions())
      let losses = statements.compactMap(\.loss)
      #expect(losses.count == 1, "no loss is named from \(from) to \(to)")
    }
  }

  @Test func lossesAreNamed() throws {
    let column = ColumnSnapshot("n", .bigint)
    let (with, without) = (try table([column]), try table([]))
    let emitter = MySQLDDLEmitter(MySQLDialect())
    let empty = SchemaSnapshot(dialect: "mysql")
    func losses(_ change: SchemaChange) throws -> [String?] {
      try emitter.statements(for: [change], from: empty, to: empty, options: DDLOptions()).map(\.loss)
    }
    #expect(try losses(.dropTable(with)) == ["the rows of table 't'"])
    let drop = TableAlteration(before: with, after: without, changes: [.dropColumn(column)])
    #expect(try losses(.alterTable(drop)) == ["the values of column 'n' of table 't'"])
    let add = TableAlteration(before: without, after: with, changes: [.addColumn(column)])
    #expect(try losses(.alterTable(add)) == [nil, nil])
  }
}
