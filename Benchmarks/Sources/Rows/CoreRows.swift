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
      }
    ]
  }
}
