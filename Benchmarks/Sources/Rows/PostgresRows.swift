import BenchmarkModels
import RowanCore
import RowanPostgres

/// PostgreSQL against libpq and pgbench.
enum PostgresRows {
  static var all: [BenchmarkRow] {
    [
      BenchmarkRow(
        "postgres.point-read", .postgres, "one task that is on the lane already", .pinned, budget: 1.20, samples: 200
      ) { around in
        let server = try around.postgres()
        return [try PostgresBaseline(server: server).pointRead(), RowanReads(db: try await open(server)).pointRead()]
      },
      BenchmarkRow(
        "postgres.point-read-32", .postgres, "32 tasks over 8 connections, multiplexed, against 8 blocking C threads",
        .free, budget: 0.60, samples: 320
      ) { around in
        let server = try around.postgres()
        return [
          try PostgresBaseline(server: server).pointReads(threads: 8),
          RowanReads(db: try await open(server)).pointReads(tasks: 32),
        ]
      },
      BenchmarkRow(
        "postgres.pgbench-8", .postgres, "8 tasks on 8 connections against pgbench -S -M prepared -c 8 -j 2", .free,
        budget: 1.10, samples: 80
      ) { around in
        let program = try around.pgbenchProgram()
        let db = try await open(program.server, multiplexed: false)
        return [program.selectOnly(), RowanAccounts(db: db).selectOnly(tasks: 8)]
      },
      BenchmarkRow(
        "postgres.pgbench-32", .postgres, "32 tasks, multiplexed, against the same", .free, budget: 0.70, samples: 320
      ) { around in
        let program = try around.pgbenchProgram()
        return [program.selectOnly(), RowanAccounts(db: try await open(program.server)).selectOnly(tasks: 32)]
      },
      BenchmarkRow("postgres.rows-10k", .postgres, "10 000 rows of 6 columns", .pinned, budget: 1.20) { around in
        let server = try around.postgres()
        return [try PostgresBaseline(server: server).items(), RowanReads(db: try await open(server)).items()]
      },
      BenchmarkRow(
        "postgres.batch-1000", .postgres, "1000 inserts in one `tx.batch`, against a C loop in one transaction",
        .pinned,
        budget: 0.40
      ) { around in
        let drafts = (0..<1000).map(Samples.entry)
        let server = try around.postgres()
        return [try PostgresBaseline(server: server).inserts(drafts), try await writes(server, drafts).batch()]
      },
      BenchmarkRow(
        "postgres.bulk-1000", .postgres, "1000 rows in one insert, against a C loop in one transaction", .pinned,
        budget: 0.20, cpuBudget: 0.05
      ) { around in
        let drafts = (0..<1000).map(Samples.entry)
        let server = try around.postgres()
        return [try PostgresBaseline(server: server).inserts(drafts), try await writes(server, drafts).bulk()]
      },
      wide(1), wide(100), wide(1000),
      BenchmarkRow(
        "postgres.introspect-300", .postgres, "the schema of 300 tables read, against 2 s", .free, budget: 1, samples: 1
      ) { around in
        let server = try around.postgres()
        let client = try PostgresClient(server)
        return [
          SchemaSubjects.budget(seconds: 2),
          try SchemaSubjects.introspection(try await open(server)) { try client.execute($0) },
        ]
      },
      BenchmarkRow(
        memory: "postgres.stream-1m", .postgres, "a million rows streamed: peak memory above idle", budget: 32,
        of: [.c, .rowan]),
    ]
  }

  private static func wide(_ count: Int64) -> BenchmarkRow {
    BenchmarkRow("postgres.wide-\(count)", .postgres, "\(count) rows of 20 columns", .pinned, budget: 1.25) { around in
      let server = try around.postgres()
      return [
        try PostgresBaseline(server: server).profiles(count), RowanReads(db: try await open(server)).profiles(count),
      ]
    }
  }

  static func open(_ server: PostgresServer, multiplexed: Bool = true) async throws -> Database {
    try await Database.open(
      url: server.url + "&pool_size=8" + (multiplexed ? "" : "&multiplex=false"), dialects: [.postgres])
  }

  private static func writes(_ server: PostgresServer, _ drafts: [Entry.Draft]) async throws -> RowanWrites {
    let client = try PostgresClient(server)
    return RowanWrites(db: try await open(server), drafts: drafts) { try client.execute("TRUNCATE bench_entries") }
  }
}
