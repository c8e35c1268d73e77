import Rowan
import RowanMySQL
import RowanPostgres
import RowanSQLite
import Testing

/// Columns called as the library's own declarations are.
@Table("plugs")
struct Plug: Hashable {
  @Column(.primaryKey, .generated) let id: Int64
  var slot: Int
  var base: String
  var scope: String?
  var table: Int?
  var schema: String
  var columns: Int
  var assignments: Int
  var select: String
  var row: Int?
  var values: Int?
}

@Suite struct NamedLikeTheLibraryTests {
  private static let dialects: [any Dialect] = [SQLiteDialect(), PostgresDialect(), MySQLDialect()]

  @Test(arguments: dialects.map(\.name))
  func columnsAreFoundByTheirNames(engine: String) throws {
    let dialect = try #require(Self.dialects.first { $0.name == engine })
    let sql = try Plug.where {
      $0.slot == 1 && $0.base == "b" && $0.scope == nil && $0.table == 2 && $0.schema == "s" && $0.columns > 3
        && $0.assignments < 4
    }.select { ($0.id, $0.slot, $0.base, $0.select) }.sql(for: dialect)
    #expect(sql.binds == [.int(1), .text("b"), .int(2), .text("s"), .int(3), .int(4)])
    for name in ["slot", "base", "scope", "table", "schema", "columns", "assignments", "select"] {
      #expect(sql.text.contains(".\(try dialect.quote(name))"), "\(name) in \(sql.text)")
    }
  }

  @Test func everyKindOfClosureSeesThem() async throws {
    let db = try await Database.open(.sqlite(":memory:"))
    try await db.createTables([Plug.self])
    let drafts = [
      Plug.Draft(slot: 1, base: "a", table: 5, schema: "x", columns: 1, assignments: 2, select: "s"),
      Plug.Draft(slot: 2, base: "b", scope: "in", schema: "y", columns: 3, assignments: 4, select: "t"),
    ]
    try await Plug.insert(drafts).run(db)
    try await Plug.update {
      $0.slot = $0.slot + 10
      $0.base = "c"
      $0.scope = nil
      $0.assignments = 7
      $0.table = 8
      $0.columns = 9
      $0.schema = "z"
    }.where { $0.slot == 2 }.run(db)
    let plug = try await Plug.where { $0.base == "c" }.fetchOne(db)
    #expect(plug.slot == 12 && plug.scope == nil && plug.assignments == 7 && plug.table == 8 && plug.columns == 9)
    #expect(plug.schema == "z" && plug.id == 2)

    let outer = try await Plug.leftJoin(Plug.self) { $0.slot == $1.columns }
      .order { first, _ in first.id.ascending() }
      .select { first, second in (first.base, second.base, second.slot, second.id) }.fetchAll(db)
    #expect(outer.map(\.0) == ["a", "c"])
    #expect(outer.map(\.1) == ["a", nil])
    #expect(outer.map(\.2) == [1, nil])

    let groups = try await Plug.group { $0.base }.order { key, _ in key.ascending() }
      .select { base, plugs in (base, plugs.slot.max(), plugs.base.count(), plugs.scope.count()) }.fetchAll(db)
    #expect(groups.map(\.0) == ["a", "c"])
    #expect(groups.map(\.1) == [1, 12])
    #expect(groups.map(\.3) == [0, 0])

    let upsert = Plug.insert(.init(id: 1, slot: 3, base: "d", schema: "w", columns: 0, assignments: 0, select: ""))
      .onConflict({ $0.id }) { row, new in
        row.slot = new.slot
        row.base = new.base
        row.assignments = new.assignments + 1
      }
    try await upsert.run(db)
    let first = try await Plug.find(1).fetchOne(db)
    #expect(first.slot == 3 && first.base == "d" && first.assignments == 1 && first.table == 5)
    await db.close()
  }
}
