/// What no engine takes part in.
enum CoreRows {
  static var all: [BenchmarkRow] {
    [
      BenchmarkRow(
        "core.query-build", .core, "three conditions: build, find and binds, against text and a dictionary", .pinned,
        budget: 0.25, samples: 10
      ) { _ in
        let db = try await SQLiteRows.open(":memory:")
        return [try QueryBuild.string(db), QueryBuild.rowan(db)]
      },
      BenchmarkRow(
        "core.diff-300", .core, "two schemas of 300 tables compared, against 100 ms", .pinned, budget: 1
      ) { _ in
        let db = try await SQLiteRows.open(":memory:")
        return [SchemaSubjects.budget(seconds: 0.1), try SchemaSubjects.diff(db.dialect)]
      },
    ]
  }
}
