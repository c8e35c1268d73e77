/// What the command line says.
struct Options {
  var json: String?
  var filters: [String] = []
  var subjects: [String] = []
  var rounds: Int?
  private var length: Double?
  var isQuick = false
  var lists = false
  var helps = false
  /// Seconds for which each selected subject is run alone, to be profiled.
  var loop: Double?
  /// What a child process measures the memory of.
  var memory: MemoryOrder?

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    func value(of option: String) throws -> String {
      guard let value = rest.popFirst() else { throw BenchmarkError("\(option) needs a value") }
      return value
    }
    while let option = rest.popFirst() {
      switch option {
      case "--json": json = try value(of: option)
      case "--filter": filters.append(try value(of: option))
      case "--subject": subjects.append(try value(of: option))
      case "--rounds":
        guard let number = Int(try value(of: option)), number > 0 else {
          throw BenchmarkError("--rounds needs a number above 0")
        }
        rounds = number
      case "--round-length":
        guard let seconds = Double(try value(of: option)), seconds > 0 else {
          throw BenchmarkError("--round-length needs a number of seconds")
        }
        length = seconds
      case "--loop":
        guard let seconds = Double(try value(of: option)), seconds > 0 else {
          throw BenchmarkError("--loop needs a number of seconds")
        }
        loop = seconds
      case "--quick": isQuick = true
      case "--list": lists = true
      case "--help", "-h": helps = true
      case MemoryOrder.option: memory = try MemoryOrder(try value(of: option))
      default: throw BenchmarkError("unknown option \(option); see --help")
      }
    }
  }

  /// Rounds of each row.
  var roundCount: Int { rounds ?? (isQuick ? 5 : 15) }
  /// Seconds that one round of one subject should take.
  var roundLength: Double { length ?? (isQuick ? 0.02 : 0.1) }

  /// Those of `ids` that are asked for: one by its name, or all whose names go on after it with a dot or a dash.
  func wanted(of ids: [String]) -> Set<String> {
    if filters.isEmpty { return Set(ids) }
    return filters.reduce(into: Set()) { wanted, filter in
      if ids.contains(filter) {
        wanted.insert(filter)
      } else {
        wanted.formUnion(ids.filter { $0.hasPrefix("\(filter).") || $0.hasPrefix("\(filter)-") })
      }
    }
  }

  func wants(_ subject: SubjectName) -> Bool { subjects.isEmpty || subjects.contains(subject.rawValue) }

  static let help = """
    Usage: rowan-bench [OPTION...]
      --filter ID      only this row, or all that start with it (`postgres`, `sqlite.wide`); may be repeated
      --subject NAME   only this subject beside the base: rowan, grdb; may be repeated
      --rounds N       interleaved rounds per row (default 15, quick 5)
      --round-length S seconds that one round of one subject takes (default 0.1, quick 0.02)
      --quick          short rounds, few of them
      --json FILE      also write the results as JSON
      --list           name the rows
      --loop SECONDS   run each selected subject alone for so long and measure nothing: to be profiled
    Environment:
      ROWAN_BENCH_POSTGRES_URL, ROWAN_BENCH_MYSQL_URL   servers; without one its rows are left out
      ROWAN_BENCH_PGBENCH                               the pgbench program
    """
}
