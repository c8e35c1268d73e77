/// What a child process is told to measure the memory of.
struct MemoryOrder {
  static let option = "--memory-of"

  let engine: Engine
  let subject: SubjectName
  /// The SQLite file.
  let path: String

  init(engine: Engine, subject: SubjectName, path: String) {
    self.engine = engine
    self.subject = subject
    self.path = path
  }

  /// Reads `engine,subject,path`.
  init(_ text: String) throws {
    let parts = text.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, let engine = Engine(rawValue: parts[0]), let subject = SubjectName(rawValue: parts[1])
    else { throw BenchmarkError("\(Self.option) needs engine,subject,path") }
    self.init(engine: engine, subject: subject, path: parts[2])
  }

  var arguments: [String] { [Self.option, "\(engine.rawValue),\(subject.rawValue),\(path)"] }
}
