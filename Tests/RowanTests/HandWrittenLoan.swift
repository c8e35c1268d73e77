import Rowan

struct WrittenLoan: Hashable {
  let id: Int64
  var readerID: Int64
  var title: String
  var note: String?
  var renewals: Int
}

extension WrittenLoan: KeyedTable {
  typealias Row = WrittenLoan
  typealias AsNullable = Outer<WrittenLoan>
  typealias PrimaryKey = Int64

  static let schema = TableSchema(
    "loans",
    columns: [
      ColumnSchema("id", Int64.self, .primaryKey, .generated),
      ColumnSchema(
        "reader_id", property: "readerID", Int64.self, .references("readers", "id", onDelete: .cascade), .indexed),
      ColumnSchema("title", String.self, .varchar(200), renamedFrom: "name"),
      ColumnSchema("note", String?.self),
      ColumnSchema("renewals", Int.self, .check("renewals < 5"), default: 0),
    ],
    indexes: [IndexSchema(["reader_id", "title"])],
    checks: [CheckSchema("length(title) > 0", name: "loans_title")])

  init(row: inout RowReader) throws(DecodeFailure) {
    id = try Int64.read(&row)
    readerID = try Int64.read(&row)
    title = try String.read(&row)
    note = try String?.read(&row)
    renewals = try Int.read(&row)
  }

  func encode(into row: inout RowEncoder) {
    row.set(0, id)
    row.set(1, readerID)
    row.set(2, title)
    row.set(3, note)
    row.set(4, renewals)
  }

  static func primaryKey(of record: WrittenLoan) -> Int64 { record.id }
  static func keyValues(_ key: Int64) -> ContiguousArray<SQLValue> { [key.sqlValue] }

  struct Columns: HasPrimaryKey {
    typealias Root = WrittenLoan
    let rowanSlot: Slot
    init(_ slot: Slot) { rowanSlot = slot }
    var id: Column<WrittenLoan, Int64> { Column(rowanSlot, 0) }
    var readerID: Column<WrittenLoan, Int64> { Column(rowanSlot, 1) }
    var title: Column<WrittenLoan, String> { Column(rowanSlot, 2) }
    var note: Column<WrittenLoan, String?> { Column(rowanSlot, 3) }
    var renewals: Column<WrittenLoan, Int> { Column(rowanSlot, 4) }
    var primaryKey: Column<WrittenLoan, Int64> { id }
  }

  struct Draft: TableDraft {
    typealias Model = WrittenLoan
    var id: Int64?
    var readerID: Int64
    var title: String
    var note: String?
    var renewals: Int?

    init(id: Int64? = nil, readerID: Int64, title: String, note: String? = nil, renewals: Int? = nil) {
      self.id = id
      self.readerID = readerID
      self.title = title
      self.note = note
      self.renewals = renewals
    }

    func encode(into row: inout RowEncoder) {
      row.setIfPresent(0, id)
      row.set(1, readerID)
      row.set(2, title)
      row.set(3, note)
      row.setIfPresent(4, renewals)
    }
  }
}

/// The same table by the macro.
@Table(
  "loans", indexes: [IndexSchema(["reader_id", "title"])],
  checks: [CheckSchema("length(title) > 0", name: "loans_title")])
struct ExpandedLoan: Hashable {
  @Column(.primaryKey, .generated) let id: Int64
  @Column(.references("readers", "id", onDelete: .cascade), .indexed) var readerID: Int64
  @Column(.varchar(200), renamedFrom: "name") var title: String
  var note: String?
  @Column(.check("renewals < 5"), default: 0) var renewals: Int
}
