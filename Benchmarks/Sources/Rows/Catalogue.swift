/// Every row, in the order in which they run.
enum Catalogue {
  static var rows: [BenchmarkRow] { CoreRows.all + SQLiteRows.all + PostgresRows.all + MySQLRows.all }

  /// The subject of a memory row, in the process that measures it.
  static func streaming(_ order: MemoryOrder, _ surroundings: Surroundings) async throws -> Subject {
    switch (order.engine, order.subject) {
    case (.sqlite, .c): return try SQLiteBaseline(path: order.path).stream()
    case (.sqlite, .rowan): return RowanReads(db: try await SQLiteRows.open(order.path)).stream()
    case (.sqlite, .grdb): return try GRDBSubjects(path: order.path).stream()
    case (.postgres, .c): return try PostgresBaseline(server: try surroundings.connectPostgres()).stream()
    case (.postgres, .rowan):
      return RowanReads(db: try await PostgresRows.open(try surroundings.connectPostgres())).stream()
    case (.mysql, .c): return try MariaDBBaseline(server: try surroundings.connectMariaDB()).stream()
    case (.mysql, .rowan):
      return RowanReads(db: try await MySQLRows.open(try surroundings.connectMariaDB())).stream()
    default: throw BenchmarkError("\(order.subject.rawValue) does not stream from \(order.engine.rawValue)")
    }
  }
}
