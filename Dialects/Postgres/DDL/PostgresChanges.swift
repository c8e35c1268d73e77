import RowanCore

extension PostgresDDLEmitter {
  func statements(
    for changes: [SchemaChange], from before: SchemaSnapshot, to after: SchemaSnapshot, options: DDLOptions
  ) throws -> [SchemaStatement] {
    var writer = PostgresChangeWriter(emitter: self, changes: changes, before: before, after: after, options: options)
    for change in changes { try writer.write(change) }
    return Self.viewsTogether(writer.statements)
  }

  /// A view that makes way is made again in the same transaction, or nobody could use it in between, and what belongs to
  /// it would be gone: statements outside transactions that stand between the two come after.
  private static func viewsTogether(_ statements: [SchemaStatement]) -> [SchemaStatement] {
    let dropped = statements.firstIndex { $0.facts.contains { $0.kind == .view && !$0.exists } }
    let made = statements.lastIndex { $0.facts.contains { $0.kind == .view && $0.exists } }
    guard let dropped, let made, dropped < made else { return statements }
    let between = statements[dropped...made]
    return Array(statements[..<dropped]) + between.filter { $0.placement != .outside }
      + between.filter { $0.placement == .outside } + Array(statements[(made + 1)...])
  }
}

/// Writes the statements of a migration, one change after the other.
struct PostgresChangeWriter {
  let emitter: PostgresDDLEmitter
  let changes: [SchemaChange]
  let before: SchemaSnapshot
  let after: SchemaSnapshot
  let options: DDLOptions
  /// What has been written.
  var statements: [SchemaStatement] = []
  /// What an earlier change had to drop, so that its own change finds it gone.
  var gone: Set<GonePart> = []

  init(
    emitter: PostgresDDLEmitter, changes: [SchemaChange], before: SchemaSnapshot, after: SchemaSnapshot,
    options: DDLOptions
  ) {
    self.emitter = emitter
    self.changes = changes
    self.before = before
    self.after = after
    self.options = options
  }

  /// Something dropped ahead of its change; tables under their former names.
  enum GonePart: Hashable {
    case view(ObjectName)
    case check(ObjectName, String)
    case index(ObjectName, String)
  }

  mutating func emit(
    _ sql: String, _ placement: SchemaStatement.Placement = .together, facts: [SchemaFact] = [], loss: String? = nil
  ) {
    statements.append(SchemaStatement(sql, placement: placement, facts: facts, loss: loss))
  }

  func name(_ object: ObjectName) throws -> String { try emitter.qualifiedName(object) }

  func quote(_ identifier: String) throws -> String { try emitter.dialect.quote(identifier) }

  func literal(_ text: String) throws -> String {
    try PostgresLiteral(dialect: emitter.dialect).text(.text(text), .text)
  }

  mutating func write(_ change: SchemaChange) throws {
    switch change {
    case .createNamespace(let namespace):
      emit("CREATE SCHEMA \(try quote(namespace))", facts: [SchemaFact(.namespace, ObjectName(namespace))])
    case .dropNamespace(let namespace):
      emit(
        "DROP SCHEMA \(try quote(namespace))", facts: [SchemaFact(.namespace, ObjectName(namespace), exists: false)])
    case .createExtension(let name):
      emit("CREATE EXTENSION \(try quote(name))", facts: [SchemaFact(.extension, ObjectName(name))])
    case .dropExtension(let name):
      emit("DROP EXTENSION \(try quote(name))", facts: [SchemaFact(.extension, ObjectName(name), exists: false)])
    case .createEnum(let type): try create(type)
    case .dropEnum(let type):
      emit("DROP TYPE \(try name(type.name))", facts: [SchemaFact(.enum, type.name, exists: false)])
    case .renameEnum(let from, let to): try rename("TYPE", from, to, .enum)
    case .alterEnum(let from, let to): try alter(from, to)
    case .createTable(let table): try create(table)
    case .dropTable(let table):
      emit(
        "DROP TABLE \(try name(table.name))", facts: [SchemaFact(.table, table.name, exists: false)],
        loss: "the rows of table '\(table.name)'")
    case .renameTable(let from, let to): try rename("TABLE", from, to, .table)
    case .alterTable(let alteration): try alter(alteration)
    case .createView(let view): try create(view)
    case .dropView(let view):
      if gone.remove(.view(view.name)) == nil { try drop(view) }
    }
  }

  private mutating func create(_ table: TableSnapshot) throws {
    let texts = try emitter.createTable(table, ifNotExists: false)
    for (index, sql) in texts.enumerated() {
      var facts: [SchemaFact] = []
      if index == 0 {
        facts = [SchemaFact(.table, table.name)]
      } else if index <= table.indexes.count {
        facts = [SchemaFact(.index, table.name, table.indexes[index - 1].name)]
      }
      emit(sql, facts: facts)
    }
  }

  /// Into another namespace first, where it goes to one.
  private mutating func rename(
    _ word: String, _ from: ObjectName, _ to: ObjectName, _ kind: SchemaFact.Kind
  ) throws {
    var current = from
    if from.namespace != to.namespace {
      let moved = ObjectName(from.name, namespace: to.namespace)
      let facts = [SchemaFact(kind, moved), SchemaFact(kind, from, exists: false)]
      if let target = try to.namespace.map({ try quote($0) }) {
        emit("ALTER \(word) \(try name(from)) SET SCHEMA \(target)", facts: facts)
      } else {
        // Which namespace is the default one is known when it runs.
        let text = try literal("ALTER \(word) \(try name(from)) SET SCHEMA ")
        emit(try block("EXECUTE \(text) || quote_ident(current_schema());"), facts: facts)
      }
      current = moved
    }
    if current.name != to.name {
      emit(
        "ALTER \(word) \(try name(current)) RENAME TO \(try quote(to.name))",
        facts: [SchemaFact(kind, to), SchemaFact(kind, current, exists: false)])
    }
  }

  /// A block whose statements are put together when it runs.
  /// https://www.postgresql.org/docs/current/sql-do.html
  func block(_ body: String) throws -> String { "DO \(try literal("BEGIN \(body) END"))" }
}
