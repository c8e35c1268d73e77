import RowanCore
import Testing

@testable import RowanSQLite

/// The same numbers on every run.
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}

/// Schemas made at random: whatever changes between two of them can be changed with rows in place.
struct RandomSchema {
  var numbers: SeededNumbers

  static let types: [SQLType] = [
    .smallint, .integer, .bigint, .text, .varchar(20), .double, .decimal(precision: 12, scale: 3),
  ]

  mutating func schema() -> SchemaSnapshot {
    var tables = ["t0", "T 1"].map { table($0) }
    for name in ["t2", "select", "t\"4"] where numbers.chance(60) { tables.append(table(name)) }
    let views = numbers.chance(50) ? [ViewSnapshot(ObjectName("v"), query: SchemaExpression("SELECT id FROM t0"))] : []
    return SchemaSnapshot(dialect: "sqlite", tables: tables, views: views)
  }

  private mutating func table(_ name: String) -> TableSnapshot {
    var columns: [ColumnSnapshot] = []
    for column in ["n1", "N 2", "order", "ref"] where numbers.chance(65) {
      let type = column == "ref" ? SQLType.bigint : Self.types.randomElement(using: &numbers) ?? .text
      columns.append(
        ColumnSnapshot(column, type, isNullable: true, collation: type == .text && numbers.chance(30) ? "NOCASE" : nil))
    }
    for column in ["d1", "d.2"] where numbers.chance(50) {
      let type = Self.types.randomElement(using: &numbers) ?? .text
      let value: SQLValue =
        switch type {
        case .text, .varchar: .text("5")
        case .double: .double(5)
        case .decimal: .decimal(5)
        default: .int(5)
        }
      columns.append(ColumnSnapshot(column, type, default: .literal(value)))
    }
    let plain = columns.map(\.name)
    if numbers.chance(30) {
      columns.append(
        ColumnSnapshot(
          "computed", .bigint, isNullable: true,
          computed: ComputedSnapshot(
            SchemaExpression("id * \(Int.random(in: 1...3, using: &numbers))"), isStored: numbers.chance(50))))
    }
    columns.shuffle(using: &numbers)
    var table = TableSnapshot(
      ObjectName(name), columns: [ColumnSnapshot("id", .bigint, identity: .byDefault)] + columns,
      primaryKey: PrimaryKeySnapshot(name: numbers.chance(80) ? "pk" : "pk 2", columns: ["id"]),
      options: numbers.chance(25) ? ["strict": "true"] : [:])
    for column in plain where column != "ref" {
      let quoted = "\"\(column)\""
      if !column.hasPrefix("d"), numbers.chance(20) {
        table.uniques.append(UniqueSnapshot("uq \(column)", columns: [column]))
      }
      if numbers.chance(20) {
        let limit = numbers.chance(50) ? 100 : 99
        table.checks.append(CheckSnapshot("ck \(column)", SchemaExpression("length(\(quoted)) < \(limit)")))
      }
      if numbers.chance(25) {
        let element =
          numbers.chance(60)
          ? IndexElement(column: column, descending: numbers.chance(30))
          : IndexElement(expression: SchemaExpression("lower(\(quoted))"))
        table.indexes.append(
          IndexSnapshot(
            "ix \(name) \(column)", elements: [element],
            predicate: numbers.chance(30) ? SchemaExpression("\(quoted) IS NOT NULL") : nil))
      }
    }
    if plain.contains("ref"), numbers.chance(70) {
      let actions: [ForeignKeyAction] = [.cascade, .setNull, .noAction, .restrict]
      table.foreignKeys.append(
        ForeignKeySnapshot(
          "fk", columns: ["ref"], target: ObjectName(numbers.chance(50) ? "t0" : "T 1"), targetColumns: ["id"],
          onDelete: actions.randomElement(using: &numbers) ?? .cascade,
          deferral: numbers.chance(30) ? .deferred : .immediate))
    }
    table.sort()
    return table
  }
}

@Suite("SQLite: random schemas over rows", .serialized)
struct RandomSchemaTests {
  static func fill(_ table: TableSnapshot) throws -> [String] {
    let columns = table.columns.filter { $0.computed == nil }
    return try (1...3).map { row in
      let values = columns.map { column in
        if column.name == "ref" { return "1" }
        return switch column.type {
        case .text, .varchar, .decimal: "'\(row)'"
        case .double: "\(row).0"
        default: "\(row)"
        }
      }
      let names = try columns.map { try sqlite.quote($0.name) }.joined(separator: ", ")
      return "INSERT INTO \(try sqlite.quote(table.name.name)) (\(names)) VALUES (\(values.joined(separator: ", ")))"
    }
  }

  /// Values of columns that both have in the same type.
  static func kept(_ database: Database, _ table: TableSnapshot, _ other: TableSnapshot) async throws -> [[String?]] {
    let columns = try table.columns.filter { column in
      column.computed == nil && other.columns.contains { $0.name == column.name && $0.type == column.type }
    }.map(\.name).sorted().map { "quote(\(try sqlite.quote($0)))" }
    return try await database.rows(
      "SELECT \(columns.joined(separator: ", ")) FROM \(try sqlite.quote(table.name.name)) ORDER BY id")
  }

  @Test(arguments: 0..<150) func pair(_ seed: Int) async throws {
    var random = RandomSchema(numbers: SeededNumbers(state: UInt64(seed)))
    let before = try emitter.normalize(random.schema()), after = try emitter.normalize(random.schema())
    let up = try steps(before, after), down = try steps(after, before)
    try await withMemory { database in
      try await database.create(before)
      // Rows refer to rows of tables filled later.
      try await database.run(
        ["PRAGMA foreign_keys=OFF"] + before.tables.flatMap { try Self.fill($0) } + ["PRAGMA foreign_keys=ON"])
      var values: [ObjectName: [[String?]]] = [:]
      for table in before.tables {
        if let other = after.table(table.name) { values[table.name] = try await Self.kept(database, table, other) }
      }
      do {
        try await database.migrate(up)
        #expect(try await database.introspect().schema.inOrder == after.inOrder)
        for table in after.tables {
          guard let other = before.table(table.name) else { continue }
          #expect(try await Self.kept(database, table, other) == values[table.name])
        }
        try await database.migrate(down)
        #expect(try await database.introspect().schema.inOrder == before.inOrder)
        for table in before.tables {
          guard let other = after.table(table.name) else { continue }
          #expect(try await Self.kept(database, table, other) == values[table.name])
        }
        #expect(try await database.rows("PRAGMA foreign_key_check") == [])
        #expect(try await database.text("PRAGMA integrity_check") == "ok")
      } catch {
        Issue.record(
          "\(error)\n\(up.map(\.sql).joined(separator: ";\n"))\n-- down\n\(down.map(\.sql).joined(separator: ";\n"))")
      }
    }
  }
}
