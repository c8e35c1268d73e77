import RowanCore
import Testing

@testable import RowanMigrations

/// The rows of a schema made by chance: put in, changed, read.
struct PairRows {
  let setup: MigrationSetup
  private var dialect: any Dialect { setup.dialect }

  private func quote(_ name: String) throws -> String { try dialect.quote(name) }

  /// Fills every table of `schema`. Keys to tables in `unreferenced` stay empty.
  func fill(_ schema: PairSchema, unreferenced: Set<Int> = []) async throws {
    let emitter = try #require(dialect.makeDDLEmitter() as? any TableDDLEmitter)
    var statements: [String] = []
    for table in schema.tables {
      let columns = table.columns.filter { $0.computedFrom == nil && $0.role != .reference }
      for row in 1...PairValues.rows {
        let values = try columns.map { column -> String in
          if column.role == .violation { return ["dup": "99", "long": "'much too long'"][column.name] ?? "NULL" }
          if column.hasNulls, row == 2 { return "NULL" }
          return try emitter.defaultExpression(
            .literal(PairValues.value(column.type, row)), for: ColumnSnapshot(column.name, column.type))
        }
        statements.append(
          "INSERT INTO \(try quote(table.name)) (\(try columns.map { try quote($0.name) }.joined(separator: ", "))) "
            + "VALUES (\(values.joined(separator: ", ")))")
      }
    }
    // Tables refer to one another in circles.
    for table in schema.tables {
      for key in table.keys where !unreferenced.contains(key.target) {
        let row = "\(PairValues.rows + 1) - \(try quote(table.columns[0].name))"
        let sets = try key.columns.map { "\(try quote(table.column($0)?.name ?? "")) = \(row)" }
        statements.append(
          "UPDATE \(try quote(table.name)) SET \(sets.joined(separator: ", ")) "
            + "WHERE \(try quote(table.columns[0].name)) <> 3")
      }
    }
    try await run(statements)
  }

  func run(_ statements: [String]) async throws {
    try await setup.database.withSchemaSession { session in
      for statement in statements { try await session.run(text: statement) }
    }
  }

  /// Makes the rows of a table meet what was asked of them. The table and its columns keep their names.
  func mend(_ table: PairSchema.Table) async throws {
    let key = try quote(table.columns[0].name)
    try await run(["UPDATE \(try quote(table.name)) SET dup = \(key), hole = 'x', \(try quote("long")) = 'ab'"])
  }

  /// The values of columns of `table` by the numbers of the columns, in the order of the rows.
  func values(_ table: PairSchema.Table, only ids: Set<Int>? = nil) async throws -> [Int: [String?]] {
    let columns = table.columns.filter { ids?.contains($0.id) ?? true }
    let texts = try columns.map { try PairValues.text($0.name, $0.type, dialect) }
    let (name, key) = (try quote(table.name), try quote(table.columns[0].name))
    let sql = "SELECT \(texts.joined(separator: ", ")) FROM \(name) ORDER BY \(key)"
    let rows = try await setup.database.withSchemaSession { session in
      try await session.transaction(TransactionOptions(access: .read)) { try await $0.rows(text: sql) }
    }
    var values: [Int: [String?]] = [:]
    for (index, column) in columns.enumerated() { values[column.id] = rows.map { $0[index] } }
    return values
  }

  /// Those of every table, by its number.
  func values(_ schema: PairSchema) async throws -> [Int: [Int: [String?]]] {
    var all: [Int: [Int: [String?]]] = [:]
    for table in schema.tables { all[table.id] = try await values(table) }
    return all
  }
}
