/// What was found out about one row.
struct RowResult {
  let row: BenchmarkRow
  let placement: Placement
  let subjects: [SubjectResult]
}

/// What was found out about one subject of a row.
struct SubjectResult {
  let name: SubjectName
  /// Time per operation as a share of the base's; for memory rows MiB.
  let ratio: Double
  /// Processor time per operation as a share of the base's.
  let cpuRatio: Double
  /// The best round against the base's best: on a busy machine the one least disturbed.
  let best: Double
  /// See ``Statistics/spread``.
  let spread: Double
  /// Wall time of one operation.
  let seconds: Double
}
