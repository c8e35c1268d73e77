import RowanCore

/// Indexes in the form in which they are read back.
enum IndexForm {
  /// Columns in the table's spelling, and no collation that is the column's own.
  static func normal(_ index: IndexSnapshot, of table: TableSnapshot) -> IndexSnapshot {
    var index = index
    for at in index.elements.indices {
      index.elements[at].collation = index.elements[at].collation.map { SQLiteCollation.normal($0) ?? "BINARY" }
      guard let name = index.elements[at].column else { continue }
      let real = TableAssembly.resolve(name, in: table.columns)
      index.elements[at].column = real
      guard let column = table.column(real) else { continue }
      let own = column.type.isDecimal ? SQLitePrinter.decimalCollation : column.collation ?? "BINARY"
      if index.elements[at].collation == own { index.elements[at].collation = nil }
    }
    return index
  }
}
