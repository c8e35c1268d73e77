internal import RowanCore

/// The clauses of one `ALTER TABLE`, and what is to be known of them.
struct MySQLAlterClauses {
  /// How much of a table a clause concerns.
  enum Reach: Equatable {
    /// A nullable column after the last one: the table's description alone.
    case trailingColumn
    /// An index that is sorted, made or dropped while rows are written.
    case index
    /// More, or what depends on the server.
    case other
  }

  var clauses: [String] = []
  /// What holds afterwards, in the order of the clauses; a later one of the same part wins.
  var facts: [SchemaFact] = []
  var losses: [String] = []
  private var reaches: [Reach] = []

  mutating func add(_ clause: String, _ reach: Reach = .other, _ facts: SchemaFact...) {
    clauses.append(clause)
    reaches.append(reach)
    self.facts += facts
  }

  /// What makes the server refuse rather than copy the table or keep writers out, where that is certain to be possible.
  ///
  /// https://mariadb.com/kb/en/innodb-online-ddl-overview/
  /// https://dev.mysql.com/doc/refman/8.0/en/innodb-online-ddl-operations.html
  func online(of table: TableSnapshot) -> [String] {
    guard table.options["engine"] == nil,
      !table.indexes.contains(where: { ["fulltext", "spatial"].contains($0.method ?? "") })
    else { return [] }
    if reaches.allSatisfy({ $0 == .trailingColumn }) { return ["ALGORITHM=INSTANT"] }
    if reaches.allSatisfy({ $0 == .index }) { return ["ALGORITHM=INPLACE", "LOCK=NONE"] }
    return []
  }
}
