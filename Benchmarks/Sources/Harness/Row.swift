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
  let cpuBudget: Double?
  /// How many operations show that all subjects do the same.
  let samples: Int
  let kind: Kind

  enum Kind {
    /// Time per operation as a share of the base's. The closure makes the subjects, the base first.
    case time((Surroundings) async throws -> [Subject])
    /// Peak memory above idle, in MiB, of these subjects, each in a process of its own.
    case memory([SubjectName])
  }

  init(
    _ id: String, _ engine: Engine, _ path: String, _ placement: Placement, budget: Double, cpuBudget: Double? = nil,
    samples: Int = 2, _ subjects: @escaping (Surroundings) async throws -> [Subject]
  ) {
    self.id = id
    self.engine = engine
    self.path = path
    self.placement = placement
    self.budget = budget
    self.cpuBudget = cpuBudget
    self.samples = samples
    kind = .time(subjects)
  }

  init(memory id: String, _ engine: Engine, _ path: String, budget: Double, of subjects: [SubjectName]) {
    self.id = id
    self.engine = engine
    self.path = path
    placement = .free
    self.budget = budget
    cpuBudget = nil
    samples = 1
    kind = .memory(subjects)
  }
}
