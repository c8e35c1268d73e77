import RowanCore

/// A table at the far end of a chain of joins.
struct Review: Hashable {
  let id: Int64
  var bookID: ID<Book, Int64>
  var readerID: ID<Person, Int64>
  var stars: Int
  var text: String?
}

extension Review: KeyedTable {
  typealias Row = Review
  typealias AsNullable = Outer<Review>
  typealias PrimaryKey = Int64

  static let schema = TableSchema(
    "reviews",
    columns: [
      ColumnSchema("id", Int64.self, .primaryKey, .generated),
      ColumnSchema("book_id", property: "bookID", ID<Book, Int64>.self, .references("books", "id")),
      ColumnSchema("reader_id", property: "readerID", ID<Person, Int64>.self, .references("people", "id")),
      ColumnSchema("stars", Int.self),
      ColumnSchema("text", String?.self),
    ],
    uniques: [UniqueSchema(["book_id", "reader_id"], name: "reviews_once")],
    checks: [CheckSchema("stars BETWEEN 1 AND 5", name: "reviews_stars")])

  init(row: inout RowReader) throws(DecodeFailure) {
    id = try Int64.read(&row)
    bookID = try ID<Book, Int64>.read(&row)
    readerID = try ID<Person, Int64>.read(&row)
    stars = try Int.read(&row)
    text = try String?.read(&row)
  }

  func encode(into row: inout RowEncoder) {
    row.set(0, id)
    row.set(1, bookID)
    row.set(2, readerID)
    row.set(3, stars)
    row.set(4, text)
  }

  static func primaryKey(of record: Review) -> Int64 { record.id }
  static func keyValues(_ key: Int64) -> ContiguousArray<SQLValue> { [key.sqlValue] }

  struct Columns: HasPrimaryKey {
    typealias Root = Review
    let rowanSlot: Slot
    init(_ slot: Slot) { rowanSlot = slot }
    var id: Column<Review, Int64> { Column(rowanSlot, 0) }
    var bookID: Column<Review, ID<Book, Int64>> { Column(rowanSlot, 1) }
    var readerID: Column<Review, ID<Person, Int64>> { Column(rowanSlot, 2) }
    var stars: Column<Review, Int> { Column(rowanSlot, 3) }
    var text: Column<Review, String?> { Column(rowanSlot, 4) }
    var primaryKey: Column<Review, Int64> { id }
  }

  struct Draft: TableDraft {
    typealias Model = Review
    var id: Int64?
    var bookID: ID<Book, Int64>
    var readerID: ID<Person, Int64>
    var stars: Int
    var text: String?

    init(id: Int64? = nil, of book: Int64, by reader: Int64, stars: Int, text: String? = nil) {
      self.id = id
      bookID = ID(book)
      readerID = ID(reader)
      self.stars = stars
      self.text = text
    }

    func encode(into row: inout RowEncoder) {
      row.setIfPresent(0, id)
      row.set(1, bookID)
      row.set(2, readerID)
      row.set(3, stars)
      row.set(4, text)
    }
  }
}

extension Review {
  /// The books, and reviews: "Engines" by Grace (5) and Linus (4), "Kernels" by Grace (2, without text).
  static func createAndFill(_ db: Database) async throws {
    try await Book.createAndFill(db)
    try await db.createTables([Review.self])
    try await Review.insert([
      Review.Draft(of: 1, by: 2, stars: 5, text: "splendid"),
      Review.Draft(of: 1, by: 3, stars: 4, text: "good"),
      Review.Draft(of: 4, by: 2, stars: 2),
    ]).run(db)
  }
}
