/// The models snippets are about, written by hand so that no macro has to be expanded.
enum SnippetModels {
  static let text = """
    import Rowan

    \(model("Author", "authors", [("id", "ID<Author, Int64>"), ("name", "String"), ("age", "Int?"), ("score", "Double"), ("isActive", "Bool")], key: "ID<Author, Int64>"))
    \(model("Article", "articles", [("id", "ID<Article, Int64>"), ("authorID", "ID<Author, Int64>"), ("title", "String"), ("published", "Bool"), ("views", "Int")], key: "ID<Article, Int64>"))
    \(model("Note", "notes", [("id", "ID<Note, Int64>"), ("articleID", "ID<Article, Int64>"), ("text", "String")], key: "ID<Note, Int64>"))

    """

  /// How many lines it has.
  static let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count - 1

  private static func model(
    _ name: String, _ table: String, _ columns: [(name: String, type: String)], key: String
  ) -> String {
    func each(_ separator: String, _ body: (Int, (name: String, type: String)) -> String) -> String {
      columns.enumerated().map { body($0.offset, $0.element) }.joined(separator: separator)
    }
    return """
      struct \(name): KeyedTable {
        typealias Row = \(name)
        typealias AsNullable = Outer<\(name)>
        typealias PrimaryKey = \(key)
        \(each("\n  ") { _, column in "var \(column.name): \(column.type)" })
        static let schema = TableSchema(
          "\(table)", columns: [\(each(", ") { _, column in "ColumnSchema(\"\(column.name)\", \(column.type).self)" })])
        init(row: inout RowReader) throws(DecodeFailure) {
          \(each("\n    ") { _, column in "\(column.name) = try \(column.type).read(&row)" })
        }
        func encode(into row: inout RowEncoder) {
          \(each("\n    ") { index, column in "row.set(\(index), \(column.name))" })
        }
        static func primaryKey(of record: \(name)) -> \(key) { record.id }
        static func keyValues(_ key: \(key)) -> ContiguousArray<SQLValue> { [key.sqlValue] }
        struct Columns: HasPrimaryKey {
          typealias Root = \(name)
          let rowanSlot: Slot
          init(_ slot: Slot) { rowanSlot = slot }
          \(each("\n    ") { index, column in "var \(column.name): Column<\(name), \(column.type)> { Column(rowanSlot, \(index)) }" })
          var primaryKey: Column<\(name), \(key)> { id }
        }
        struct Draft: TableDraft {
          typealias Model = \(name)
          \(each("\n    ") { index, column in "var \(column.name): \(column.type)" + (index == 0 ? "?" : "") })
          func encode(into row: inout RowEncoder) {
            row.setIfPresent(0, id)
            \(each("\n      ") { index, column in index == 0 ? "" : "row.set(\(index), \(column.name))" })
          }
        }
      }
      """
  }
}
