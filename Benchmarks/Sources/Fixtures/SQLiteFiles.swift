import BenchmarkModels

import Foundation

/// The SQLite databases of a run, in a folder that goes with it.
final class SQLiteFiles {
  private let folder: URL
  private var made: [String: String] = [:]
  private var count = 0

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "rowan-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// A file with the tables that are read, made once.
  func filled() throws -> String {
    try once("filled") { client in
      try client.execute(
        """
        CREATE TABLE bench_items (
          id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, score DOUBLE NOT NULL,
          active BOOLEAN NOT NULL, note TEXT)
        """)
      try client.execute(
        """
        CREATE TABLE bench_profiles (
          id INTEGER PRIMARY KEY, key UUID NOT NULL, owner BIGINT NOT NULL, code TEXT NOT NULL, city TEXT NOT NULL,
          name TEXT NOT NULL, email TEXT NOT NULL, bio TEXT, phone TEXT, age INTEGER NOT NULL, rank INTEGER,
          visits BIGINT NOT NULL, latitude DOUBLE NOT NULL, longitude DOUBLE NOT NULL, weight DOUBLE,
          active BOOLEAN NOT NULL, verified BOOLEAN NOT NULL, created_at TIMESTAMP NOT NULL,
          updated_at TIMESTAMP NOT NULL, deleted_at TIMESTAMP)
        """)
      try client.execute("BEGIN")
      for insert in SampleSQL.items { try client.execute(insert) }
      for insert in SampleSQL.profiles(.sqlite) { try client.execute(insert) }
      try client.execute("COMMIT")
    }
  }

  /// The same with the table of a million rows.
  func large() throws -> String {
    let path = try filled()
    return try once("large", at: path) { client in
      try client.execute(
        """
        CREATE TABLE bench_events (
          id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, score DOUBLE NOT NULL,
          active BOOLEAN NOT NULL, note TEXT)
        """)
      try client.execute(SampleSQL.events)
      try client.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }
  }

  /// A new file with the table that is written to: writers must not wait for each other.
  func writable() throws -> String {
    count += 1
    return try once("writable-\(count)") { client in
      try client.execute(
        """
        CREATE TABLE bench_entries (
          id INTEGER PRIMARY KEY, account BIGINT NOT NULL, title TEXT NOT NULL, amount DOUBLE NOT NULL,
          cleared BOOLEAN NOT NULL, memo TEXT)
        """)
    }
  }

  private func once(_ name: String, at path: String? = nil, _ fill: (SQLiteClient) throws -> Void) throws -> String {
    if let path = made[name] { return path }
    let path = path ?? folder.appending(path: "\(name).db").path
    try fill(try SQLiteClient(path))
    made[name] = path
    return path
  }
}
