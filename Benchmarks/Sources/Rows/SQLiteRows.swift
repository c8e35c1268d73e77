import BenchmarkModels
import RowanCore
import RowanSQLite

/// SQLite against its C API and GRDB.
enum SQLiteRows {
  static var all: [BenchmarkRow] {
    [
      BenchmarkRow(
        "sqlite.point-read", .sqlite, "typed `where`, awaited, WAL file", .pinned, budget: 1.10, samples: 200
      ) { around in
        let path = try around.sqlite().filled()
        return [
          try SQLiteBaseline(path: path).pointRead(), RowanReads(db: try await open(path)).pointRead(),
          try GRDBSubjects(path: path).pointRead(),
        ]
      },
      BenchmarkRow(
        "sqlite.point-read.snapshot", .sqlite, "the same inside `db.read`, against the C read on its own", .pinned,
        budget: 0.30, samples: 200
      ) { around in
        let path = try around.sqlite().filled()
        return [
          try SQLiteBaseline(path: path).pointRead(), try SQLiteBaseline(path: path).snapshot(),
          RowanReads(db: try await open(path)).snapshot(), try GRDBSubjects(path: path).snapshot(),
        ]
      },
      BenchmarkRow("sqlite.rows-10k", .sqlite, "10 000 rows of 6 columns", .pinned, budget: 1.15) { around in
        let path = try around.sqlite().filled()
        return [
          try SQLiteBaseline(path: path).items(), RowanReads(db: try await open(path)).items(),
          try GRDBSubjects(path: path).items(),
        ]
      },
      BenchmarkRow(
        "sqlite.insert-1000", .sqlite, "1000 rows in one insert, against one C statement a row", .pinned, budget: 0.80
      ) { around in
        let drafts = (0..<1000).map(Samples.entry)
        let files = try around.sqlite()
        return [
          try SQLiteBaseline(path: try files.writable()).bulkInsert(drafts),
          try await writes(try files.writable(), drafts).bulk(),
          try GRDBSubjects(path: try files.writable()).bulkInsert(drafts),
        ]
      },
      BenchmarkRow(
        "sqlite.insert-1", .sqlite, "one row in a transaction of its own", .pinned, budget: 1.10, samples: 50
      ) { around in
        let drafts = (0..<1000).map(Samples.entry)
        let files = try around.sqlite()
        return [
          try SQLiteBaseline(path: try files.writable()).singleInsert(drafts),
          try await writes(try files.writable(), drafts).single(),
          try GRDBSubjects(path: try files.writable()).singleInsert(drafts),
        ]
      },
      wide(1), wide(100), wide(1000),
      BenchmarkRow(
        memory: "sqlite.stream-1m", .sqlite, "a million rows streamed: peak memory above idle", budget: 32,
        of: [.c, .rowan, .grdb]),
    ]
  }

  private static func wide(_ count: Int64) -> BenchmarkRow {
    BenchmarkRow("sqlite.wide-\(count)", .sqlite, "\(count) rows of 20 columns", .pinned, budget: 1.25) { around in
      let path = try around.sqlite().filled()
      return [
        try SQLiteBaseline(path: path).profiles(count), RowanReads(db: try await open(path)).profiles(count),
        try GRDBSubjects(path: path).profiles(count),
      ]
    }
  }

  static func open(_ path: String) async throws -> Database { try await Database.open(.sqlite(path)) }

  private static func writes(_ path: String, _ drafts: [Entry.Draft]) async throws -> RowanWrites {
    let client = try SQLiteClient(path)
    return RowanWrites(db: try await open(path), drafts: drafts) { try client.execute("DELETE FROM bench_entries") }
  }
}
