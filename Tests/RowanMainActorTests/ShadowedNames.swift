import Rowan
import Testing

// Types of the user's own that hide those of the library, in the whole module: the expansion names its module.
enum Outer {}
enum TableSchema {}
enum Column {}
enum HasPrimaryKey {}
enum TableDraft {}
enum DecodeFailure {}
enum Hashable {}
enum ContiguousArray {}

nonisolated struct ColumnSchema: ColumnValue {
  static var sqlType: SQLType { .text }
  var sqlValue: SQLValue { .text("") }
  static func read(_ row: inout RowReader) throws(RowanCore.DecodeFailure) -> ColumnSchema {
    _ = row.string()
    return ColumnSchema()
  }
}

@Table
struct Shadowed {
  @Column(.primaryKey) var first: Int
  @Column(.primaryKey) var second: Int
  var schemaColumn: ColumnSchema
}

@Table
struct ShadowedKey {
  @Column(.primaryKey) var first: Int
  var schemaColumn: ColumnSchema?
}

@Suite struct ShadowedNameTests {
  @Test func theExpansionMeansTheLibrary() {
    #expect(Shadowed.schema.columns.map(\.name) == ["first", "second", "schema_column"])
    #expect(ShadowedKey.schema.columns.map(\.name) == ["first", "schema_column"])
  }
}
