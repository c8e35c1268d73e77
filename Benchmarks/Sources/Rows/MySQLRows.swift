import BenchmarkModels
import RowanCore
import RowanMySQL

/// MariaDB against Connector/C.
enum MySQLRows {
  static var all: [BenchmarkRow] {
    [
      BenchmarkRow(
        "mysql.point-read-32", .mysql, "32 tasks over 8 connections, against 8 blocking C threads", .free, budget: 1.15,
        samples: 320
      ) { around in
        let server = try around.mariadb()
        return [
          try MariaDBBaseline(server: server).pointReads(threads: 8),
          RowanReads(db: try await open(server)).pointReads(tasks: 32),
        ]
      },
      BenchmarkRow("mysql.rows-10k", .mysql, "10 000 rows of 6 columns", .pinned, budget: 1.25) { around in
        let server = try around.mariadb()
        return [try MariaDBBaseline(server: server).items(), RowanReads(db: try await open(server)).items()]
      },
      BenchmarkRow(
        "mysql.bulk-10k", .mysql, "10 000 rows in one insert, against a C loop in one transaction", .pinned,
        budget: 0.20,
        samples: 1
      ) { around in
        let drafts = (0..<10_000).map(Samples.entry)
        let server = try around.mariadb()
        return [try MariaDBBaseline(server: server).inserts(drafts), try await writes(server, drafts).bulk()]
      },
      wide(1), wide(100), wide(1000),
      BenchmarkRow(
        "mysql.introspect-300", .mysql, "the schema of 300 tables read, against 2 s", .free, budget: 1, samples: 1
      ) { around in
        let server = try around.mariadb()
        let client = try MariaDBClient(server)
        return [
          SchemaSubjects.budget(seconds: 2),
          try SchemaSubjects.introspection(try await open(server)) { try client.execute($0) },
        ]
      },
      BenchmarkRow(
        memory: "mysql.stream-1m", .mysql, "a million rows streamed: peak memory above idle", budget: 32,
        of: [.c, .rowan]),
    ]
  }

  private static func wide(_ count: Int64) -> BenchmarkRow {
    BenchmarkRow("mysql.wide-\(count)", .mysql, "\(count) rows of 20 columns", .pinned, budget: 1.25) { around in
      let server = try around.mariadb()
      return [
        try MariaDBBaseline(server: server).profiles(count), RowanReads(db: try await open(server)).profiles(count),
      ]
    }
  }

  static func open(_ server: MariaDBServer) async throws -> Database {
    try await Database.open(url: server.url, dialects: [.mysql])
  }

  private static func writes(_ server: MariaDBServer, _ drafts: [Entry.Draft]) async throws -> RowanWrites {
    let client = try MariaDBClient(server)
    return RowanWrites(db: try await open(server), drafts: drafts) { try client.execute("TRUNCATE bench_entries") }
  }
}
