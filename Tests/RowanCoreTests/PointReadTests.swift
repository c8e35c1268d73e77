import Testing

@testable import RowanCore

/// Which statements may share a connection with those of other tasks: reads of one row by a key that hold nothing the
/// library did not make.
struct PointReadTests {
  private struct Seat: KeyedTable {
    typealias Row = Seat
    typealias AsNullable = Outer<Seat>
    typealias PrimaryKey = Int64

    let id: Int64
    var email: String
    var hall: Int64
    var number: Int64
    var guest: String?
    var code: String?

    static let schema = TableSchema(
      "seats",
      columns: [
        ColumnSchema("id", Int64.self, .primaryKey), ColumnSchema("email", String.self, .unique),
        ColumnSchema("hall", Int64.self), ColumnSchema("number", Int64.self),
        ColumnSchema("guest", String?.self, .indexed), ColumnSchema("code", String?.self, .unique),
      ],
      uniques: [UniqueSchema(["hall", "number"])])

    init(row: inout RowReader) throws(DecodeFailure) {
      id = try Int64.read(&row)
      email = try String.read(&row)
      hall = try Int64.read(&row)
      number = try Int64.read(&row)
      guest = try String?.read(&row)
      code = try String?.read(&row)
    }

    func encode(into row: inout RowEncoder) {
      row.set(0, id)
      row.set(1, email)
      row.set(2, hall)
      row.set(3, number)
      row.set(4, guest)
      row.set(5, code)
    }

    static func primaryKey(of record: Seat) -> Int64 { record.id }
    static func keyValues(_ key: Int64) -> ContiguousArray<SQLValue> { [key.sqlValue] }

    struct Columns: HasPrimaryKey {
      typealias Root = Seat
      let rowanSlot: Slot
      init(_ slot: Slot) { rowanSlot = slot }
      var id: Column<Seat, Int64> { Column(rowanSlot, 0) }
      var email: Column<Seat, String> { Column(rowanSlot, 1) }
      var hall: Column<Seat, Int64> { Column(rowanSlot, 2) }
      var number: Column<Seat, Int64> { Column(rowanSlot, 3) }
      var guest: Column<Seat, String?> { Column(rowanSlot, 4) }
      var code: Column<Seat, String?> { Column(rowanSlot, 5) }
      var primaryKey: Column<Seat, Int64> { id }
    }

    struct Draft: TableDraft {
      typealias Model = Seat
      func encode(into row: inout RowEncoder) {
        row.set(0, Int64(1))
        row.set(1, "a@b")
        row.set(2, Int64(1))
        row.set(3, Int64(2))
      }
    }
  }

  private struct Place: KeyedTable {
    typealias Row = Place
    typealias AsNullable = Outer<Place>
    struct PrimaryKey: Hashable, Sendable {
      var shelf: Int64
      var place: Int64
    }

    let shelf: Int64
    let place: Int64
    var title: String

    static let schema = TableSchema(
      "places",
      columns: [
        ColumnSchema("shelf", Int64.self, .primaryKey), ColumnSchema("place", Int64.self, .primaryKey),
        ColumnSchema("title", String.self),
      ])

    init(row: inout RowReader) throws(DecodeFailure) {
      shelf = try Int64.read(&row)
      place = try Int64.read(&row)
      title = try String.read(&row)
    }

    func encode(into row: inout RowEncoder) {
      row.set(0, shelf)
      row.set(1, place)
      row.set(2, title)
    }

    static func primaryKey(of record: Place) -> PrimaryKey { PrimaryKey(shelf: record.shelf, place: record.place) }
    static func keyValues(_ key: PrimaryKey) -> ContiguousArray<SQLValue> {
      [key.shelf.sqlValue, key.place.sqlValue]
    }

    struct Columns: TableColumns {
      typealias Root = Place
      let rowanSlot: Slot
      init(_ slot: Slot) { rowanSlot = slot }
      var shelf: Column<Place, Int64> { Column(rowanSlot, 0) }
      var place: Column<Place, Int64> { Column(rowanSlot, 1) }
      var title: Column<Place, String> { Column(rowanSlot, 2) }
    }

    struct Draft: TableDraft {
      typealias Model = Place
      func encode(into row: inout RowEncoder) { row.set(0, Int64(1)) }
    }
  }

  private func isPointRead(
    _ statement: Statement, _ plugins: [any DatabasePlugin] = []
  ) throws -> Bool {
    try StatementCompiler(dialect: PlainDialect(), plugins: plugins).compile(statement, id: 0).1.isPointRead
  }

  private func shares(
    _ name: Comment, _ query: some Fetchable, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let isShared = try isPointRead(query.statement)
    #expect(isShared, name, sourceLocation: sourceLocation)
  }

  private func isAlone(
    _ name: Comment, _ query: some Fetchable, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let isShared = try isPointRead(query.statement)
    #expect(!isShared, name, sourceLocation: sourceLocation)
  }

  @Test func aRowByItsKey() throws {
    try shares("find", Seat.find(1))
    try shares("where", Seat.where { $0.id == 1 })
    try shares("a composite key", Place.find(.init(shelf: 1, place: 2)))
    try shares("a composite key, the other way round", Place.where { $0.place == 2 && $0.shelf == 1 })
    try shares("a unique column", Seat.where { $0.email == "a@b" })
    try shares("a nullable unique column", Seat.where { $0.code == "x" })
    try shares("a unique constraint over two columns", Seat.where { $0.hall == 1 && $0.number == 2 })
    try shares("in two steps", Seat.where { $0.hall == 1 }.where { $0.number == 2 })
    try shares("some of its columns", Seat.find(1).select { ($0.email, $0.hall) })
    try shares("one of its columns", Seat.find(1).select { $0.email })
    try shares("with a limit and an order", Seat.find(1).order { $0.hall.descending() }.limit(1))
    // As the fetches of one row send it.
    #expect(try isPointRead(try #require(Seat.find(1).limited(to: 1))))
    #expect(try isPointRead(try #require(Seat.find(1).limited(to: 2))))
  }

  @Test func aKeyBesideOtherPlainConditions() throws {
    try shares("compared", Seat.find(1).where { $0.hall > 3 })
    try shares("NULL", Seat.find(1).where { $0.guest == nil })
    try shares("not NULL", Seat.find(1).where { $0.guest != nil })
    try shares("negated", Seat.find(1).where { !($0.hall == 3) })
    try shares("either", Seat.find(1).where { $0.hall == 3 || $0.number == 4 })
    try shares("between", Seat.find(1).where { $0.hall.between(1, and: 3) })
    try shares("listed", Seat.find(1).where { $0.hall.in([1, 2, 3]) })
    try shares("distinct", Seat.find(1).where { $0.guest.isDistinct(from: "x") })
    try shares("columns compared", Seat.find(1).where { $0.hall == $0.number })
  }

  /// A plugin's condition on a column is as plain as the application's; a value of the handle is not looked into.
  @Test func whatPluginsAdd() throws {
    struct Adding: DatabasePlugin {
      let name = "adding"
      let condition: Expr
      func rewrite(_ statement: Statement) throws -> Statement {
        guard case .select(var select) = statement else { return statement }
        select.and(condition)
        return .select(select)
      }
    }
    let hall = ColumnRef(Slot(0), 2)
    #expect(try isPointRead(Seat.find(1).statement, [Adding(condition: .isNull(ColumnRef(Slot(0), 4)))]))
    #expect(try !isPointRead(Seat.find(1).statement, [Adding(condition: .node(.raw(["slow()"])))]))
    let tenant = Expr.binary(.equal, .column(hall), .node(.context("tenant", .bigint)))
    #expect(try !isPointRead(Seat.find(1).statement, [Adding(condition: tenant)]))
  }

  @Test func moreRowsThanOne() throws {
    try isAlone("all", Seat.all())
    try isAlone("a limit", Seat.limit(1))
    try isAlone("another column", Seat.where { $0.hall == 1 })
    try isAlone("an indexed column", Seat.where { $0.guest == "x" })
    try isAlone("a part of a composite key", Place.where { $0.shelf == 1 })
    try isAlone("the other part", Place.where { $0.place == 1 })
    try isAlone("a part and another column", Place.where { $0.shelf == 1 && $0.title == "x" })
    try isAlone("a part of a unique constraint", Seat.where { $0.number == 1 })
    try isAlone("a unique column that is NULL", Seat.where { $0.code == nil })
    try isAlone("another comparison", Seat.where { $0.id >= 1 })
    try isAlone("another row", Seat.where { $0.id != 1 })
    try isAlone("not the key", Seat.where { !($0.id == 1) })
    try isAlone("between", Seat.where { $0.id.between(1, and: 1) })
    try isAlone("keys", Seat.find([1, 2]))
    try isAlone("one key of a list", Seat.find([1]))
    try isAlone("a list", Seat.where { $0.id.in([1]) })
    try isAlone("composite keys", Place.find([.init(shelf: 1, place: 2), .init(shelf: 1, place: 3)]))
    try isAlone("this key or that", Seat.where { $0.id == 1 || $0.id == 2 })
    try isAlone("the key or anything", Seat.where { $0.id == 1 || $0.hall == 2 })
    try isAlone("a key in either branch", Seat.where { $0.hall == 1 && ($0.id == 1 || $0.id == 2) })
    try isAlone("a key that is another column", Seat.where { $0.id == $0.number })
    try isAlone("the halves of a key in two branches", Place.where { $0.shelf == 1 || $0.place == 2 })
  }

  /// Functions may be slow, or the application's own.
  @Test func functionsAndSQLByHand() throws {
    let slow: SQL = "pg_sleep(1) IS NULL"
    try isAlone("a statement", SQL("SELECT * FROM seats WHERE id = \(Int64(1))").as(Seat.self))
    try isAlone("a condition", Seat.find(1).where { _ in slow.condition })
    try isAlone("a condition inside another", Seat.find(1).where { !($0.hall == 1 && slow.condition) })
    try isAlone("a condition as the only one", Seat.where { _ in SQL("id = \(Int64(1))").condition })
    try isAlone("the key compared with a text", Seat.where { $0.id == SQL("slow()").expression(Int64.self) })
    try isAlone("a field", Seat.find(1).select { _ in SQL("slow()").expression(Int64.self) })
    try isAlone("a field beside a column", Seat.find(1).select { ($0.id, SQL("slow()").expression(Int64.self)) })
    try isAlone("an order", Seat.find(1).order { _ in SQL("slow()").expression(Int64.self).ascending() })
    try isAlone("a function of a column", Seat.find(1).where { $0.email.lowercased() == "a@b" })
    try isAlone("a function of the key's column", Seat.where { $0.email.lowercased() == "a@b" })
    try isAlone("a field that is a function", Seat.find(1).select { $0.email.uppercased() })
    try isAlone("an order by a function", Seat.find(1).order { $0.email.length().ascending() })
    try isAlone("a pattern", Seat.find(1).where { $0.email.like("a%") })
    try isAlone("arithmetic", Seat.find(1).where { $0.hall + 1 == 2 })
    try isAlone("whether there is one", Seat.find(1).select.existing())
    try isAlone("how many there are", Seat.find(1).select.counting())
    try isAlone("an aggregate", Seat.find(1).select { $0.hall.max() })
  }

  @Test func morePartsThanOneTable() throws {
    let one = Seat.find(1)
    try isAlone("a join", one.join(Place.self) { $0.id == $1.shelf })
    try isAlone("a left join", one.leftJoin(Place.self) { $0.id == $1.shelf })
    try isAlone("a lock", one.locked())
    try isAlone("a shared lock", one.locked(.share))
    try isAlone("a lock that does not wait", one.locked(.update, .skipLocked))
    try isAlone("groups", one.group { $0.hall }.select { key, _ in key })
    let several = one.group { $0.hall }.having { _, seat in seat.id.count() > 1 }
    try isAlone("groups with a condition", several.select { key, _ in key })
    try isAlone("a union", one.select { $0.id }.union(Seat.find(2).select { $0.id }))
    try isAlone("all of a union", one.select { $0.id }.unionAll(Seat.find(1).select { $0.id }))
    try isAlone("an intersection", one.select { $0.id }.intersect(Seat.find(1).select { $0.id }))
    try isAlone("a difference", one.select { $0.id }.except(Seat.find(2).select { $0.id }))
    try isAlone("the key of a sub-query", Seat.where { $0.id.in(Place.where { $0.title == "x" }.select { $0.shelf }) })
    try isAlone("a sub-query beside the key", one.where { seat in Place.where { $0.shelf == seat.id }.exists() })
    try isAlone("a negated sub-query", one.where { seat in !Place.where { $0.shelf == seat.id }.exists() })
    // A sub-query as FROM, and HAVING without groups, which no builder makes of a query of one table.
    var outer = Select(scope: 0, base: .select(one.select.inner()))
    outer.fields = .list([Field(.column(ColumnRef(Slot(0), 0)), type: .bigint)])
    outer.filter = .compare(.equal, ColumnRef(Slot(0), 0), .int(1))
    #expect(try !isPointRead(.select(outer)))
    var having = one.select
    having.having = .compare(.equal, ColumnRef(Slot(0), 0), .int(1))
    #expect(try !isPointRead(.select(having)))
  }

  @Test func writes() throws {
    let statements: [(String, Statement)] = [
      ("an update", .update(Seat.update { $0.hall = 2 }.where { $0.id == 1 }.update)),
      ("a delete", .delete(Seat.delete().where { $0.id == 1 }.delete)),
      ("an insert", try #require(Seat.insert(.init()).single)),
    ]
    for (name, statement) in statements { #expect(try !isPointRead(statement), "\(name)") }
  }
}
