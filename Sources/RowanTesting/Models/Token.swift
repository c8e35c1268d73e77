import RowanCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A key made by the client.
struct Token: Hashable {
  let id: ID<Token, UUID>
  var text: String
}

extension Token: KeyedTable {
  typealias Row = Token
  typealias AsNullable = Outer<Token>
  typealias PrimaryKey = ID<Token, UUID>

  static let schema = TableSchema(
    "tokens",
    columns: [ColumnSchema("id", ID<Token, UUID>.self, .primaryKey), ColumnSchema("text", String.self)])

  init(row: inout RowReader) throws(DecodeFailure) {
    id = try ID<Token, UUID>.read(&row)
    text = try String.read(&row)
  }

  func encode(into row: inout RowEncoder) {
    row.set(0, id)
    row.set(1, text)
  }

  static func primaryKey(of record: Token) -> ID<Token, UUID> { record.id }
  static func keyValues(_ key: ID<Token, UUID>) -> ContiguousArray<SQLValue> { [key.sqlValue] }

  struct Columns: HasPrimaryKey {
    typealias Root = Token
    let rowanSlot: Slot
    init(_ slot: Slot) { rowanSlot = slot }
    var id: Column<Token, ID<Token, UUID>> { Column(rowanSlot, 0) }
    var text: Column<Token, String> { Column(rowanSlot, 1) }
    var primaryKey: Column<Token, ID<Token, UUID>> { id }
  }

  struct Draft: TableDraft {
    typealias Model = Token
    var id: ID<Token, UUID>
    var text: String

    init(_ id: ID<Token, UUID>, _ text: String) {
      self.id = id
      self.text = text
    }

    func encode(into row: inout RowEncoder) {
      row.set(0, id)
      row.set(1, text)
    }
  }
}
