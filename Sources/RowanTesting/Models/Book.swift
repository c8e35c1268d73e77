import RowanCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A table that refers to ``Person`` and goes with the row it refers to.
struct Book: Hashable {
  let id: ID<Book, Int64>
  var authorID: ID<Person, Int64>
  var title: String
  var pages: Int
  var price: Decimal?
}

extension Book: KeyedTable {
  typealias Row = Book
  typealias AsNullable = Outer<Book>
  typealias PrimaryKey = ID<Book, Int64>

  static let schema = TableSchema(
    "books",
    columns: [
      ColumnSchema("id", ID<Book, Int64>.self, .primaryKey, .generated),
      ColumnSchema(
        "author_id", property: "authorID", ID<Person, Int64>.self, .references("people", "id", onDelete: .cascade),
        .indexed),
      ColumnSchema("title", String.self),
      ColumnSchema("pages", Int.self, .check("pages > 0")),
      ColumnSchema("price", Decimal?.self, .decimal(12, 2)),
    ])

  init(row: inout RowReader) throws(DecodeFailure) {
    id = try ID<Book, Int64>.read(&row)
    authorID = try ID<Person, Int64>.read(&row)
    title = try String.read(&row)
    pages = try Int.read(&row)
    price = try Decimal?.read(&row)
  }

  func encode(into row: inout RowEncoder) {
    row.set(0, id)
    row.set(1, authorID)
    row.set(2, title)
    row.set(3, pages)
    row.set(4, price)
  }

  static func primaryKey(of record: Book) -> ID<Book, Int64> { record.id }
  static func keyValues(_ key: ID<Book, Int64>) -> ContiguousArray<SQLValue> { [key.sqlValue] }

  struct Columns: HasPrimaryKey {
    typealias Root = Book
    let rowanSlot: Slot
    init(_ slot: Slot) { rowanSlot = slot }
    var id: Column<Book, ID<Book, Int64>> { Column(rowanSlot, 0) }
    var authorID: Column<Book, ID<Person, Int64>> { Column(rowanSlot, 1) }
    var title: Column<Book, String> { Column(rowanSlot, 2) }
    var pages: Column<Book, Int> { Column(rowanSlot, 3) }
    var price: Column<Book, Decimal?> { Column(rowanSlot, 4) }
    var primaryKey: Column<Book, ID<Book, Int64>> { id }
  }

  struct Draft: TableDraft {
    typealias Model = Book
    var id: ID<Book, Int64>?
    var authorID: ID<Person, Int64>
    var title: String
    var pages: Int
    var price: Decimal?

    init(id: Int64? = nil, by author: Int64, _ title: String, pages: Int = 100, price: Decimal? = nil) {
      self.id = id.map { ID($0) }
      authorID = ID(author)
      self.title = title
      self.pages = pages
      self.price = price
    }

    func encode(into row: inout RowEncoder) {
      row.setIfPresent(0, id)
      row.set(1, authorID)
      row.set(2, title)
      row.set(3, pages)
      row.set(4, price)
    }
  }
}

extension Book {
  /// The people, and "Engines" (1) and "Notes" (2) by Ada, "Compilers" (3) by Grace, "Kernels" (4) by Linus.
  static func createAndFill(_ db: Database) async throws {
    try await Person.createAndFill(db)
    try await db.createTables([Book.self])
    try await Book.insert([
      Book.Draft(by: 1, "Engines", pages: 120, price: 9),
      Book.Draft(by: 1, "Notes", pages: 80),
      Book.Draft(by: 2, "Compilers", pages: 300, price: 20),
      Book.Draft(by: 3, "Kernels", pages: 200, price: 15),
    ]).run(db)
  }
}
