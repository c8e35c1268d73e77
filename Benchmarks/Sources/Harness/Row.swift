/// The engines, and `core` for what needs none.
enum Engine: String {
  case sqlite, postgres, mysql, core
}

/// One line of the table: a path through the library, and what it is measured against.
struct BenchmarkRow {
  let id: String
  let engine: Engine
  let path: String
  let placement: Placement
  let budget: Double
  var cpuBudget: Double?
  /// What `ratio` is.
  var unit = Unit.timeOfBase
  /// Makes the subjects, the base first.
  let subjects: (Surroundings) async throws -> [Subject]

  enum Unit {
    /// Time per operation as a share of the base's.
    case timeOfBase
    /// Peak memory above idle, in MiB.
    case mebibytes
  }

  init(
    _ id: String, _ engine: Engine, _ path: String, _ placement: Placement, budget: Double, cpuBudget: Double? = nil,
    subjects: @escaping (Surroundings) async throws -> [Subject]
  ) {
    self.id = id
    self.engine = engine
    self.path = path
    self.placement = placement
    self.budget = budget
    self.cpuBudget = cpuBudget
    self.subjects = subjects
  }
}
