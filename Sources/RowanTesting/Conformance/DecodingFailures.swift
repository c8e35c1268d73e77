import RowanCore

/// What is said of a value that cannot be read as the Swift type a query wants.
enum DecodingFailureCases {
  private typealias Model = Stored<IntKind>

  /// Runs `body` and expects an error that names table, column, Swift type and wire type, and shows no value.
  /// - Parameters:
  ///   - column: the column's name; nil where each engine has its own.
  ///   - table: the column's table; nil where only the engine knows.
  private static func refuse<R>(
    _ trial: Trial, _ column: String?, of table: String? = nil, as type: String, file: StaticString = #fileID,
    line: UInt = #line, _ body: (Database) async throws -> R
  ) async throws {
    let error = try await FailureCases.secretly(trial, .decodingFailed, file: file, line: line) { _ in
      _ = try await body(trial.db)
    }
    let name = try expectPresent(error.columns.first, "a column's name in \(error)", file: file, line: line)
    try expectEqual(error.table, table, file: file, line: line)
    if let column { try expectEqual(error.columns, [column], file: file, line: line) }
    let place = table.map { "column '\(name)' of '\($0)' " } ?? ", '\(name)', "
    try expect(error.message.contains(place), "the place is not named: \(error)", file: file, line: line)
    try expect(error.message.hasSuffix(" as \(type)"), "\(type) is not named: \(error)", file: file, line: line)
    let wire = wireType(in: error.message) ?? ""
    try expect(!wire.isEmpty, "the engine's type is not named: \(error)", file: file, line: line)
  }

  /// What stands in parentheses behind that which was found.
  private static func wireType(in message: String) -> Substring? {
    guard let found = message.firstRange(of: " holds ") ?? message.firstRange(of: " is NULL ") else { return nil }
    let rest = message[found.upperBound...]
    guard let start = rest.firstIndex(of: "(") else { return nil }
    return rest[start...].dropFirst().prefix { $0 != ")" }
  }

  /// A table with a text where its model wants a number.
  private static func fill(_ trial: Trial) async throws {
    try await SQL("CREATE TABLE stored_int (id BIGINT PRIMARY KEY, value TEXT, maybe TEXT)").run(trial.db)
    try await SQL("INSERT INTO stored_int (id, value) VALUES (1, \(Secret().text))").run(trial.db)
  }

  static let cases: [ConformanceCase] = [
    ConformanceCase("failures/a value of another type names table, column and both types, and is not shown") { trial in
      try await fill(trial)
      let table = "stored_int"
      try await refuse(trial, "value", of: table, as: "Int") { try await Model.find(1).fetchOne($0) }
      try await refuse(trial, "value", of: table, as: "Int") { try await Model.all().fetchAll($0) }
      try await refuse(trial, "value", of: table, as: "Int") { for try await _ in Model.all().stream($0) {} }
      try await refuse(trial, "value", of: table, as: "Int") { db in
        try await db.transaction { try await Model.all().fetchAll($0) }
      }
      try await refuse(trial, "value", of: table, as: "Int") {
        try await SQL("SELECT id, value, maybe FROM \(Model.self)").as(Model.self).fetchAll($0)
      }
      try await refuse(trial, "value", of: table, as: "Int") {
        try await SQL("SELECT id, value AS other, maybe FROM \(Model.self)").as(Model.self).fetchAll($0)
      }
    },
    ConformanceCase("failures/a selected column of another type names table, column and both types") { trial in
      try await fill(trial)
      let table = "stored_int"
      try await refuse(trial, "value", of: table, as: "Int") { db in
        try await Model.all().select { ($0.id, $0.value) }.fetchAll(db)
      }
      try await refuse(trial, "value", of: table, as: "Optional<Int>") { db in
        try await Model.leftJoin(Model.self) { $0.id == $1.id }.select { ($0.id, $1.value) }.fetchAll(db)
      }
      let values = Model.all().select { $0.value }
      try await refuse(trial, "value", of: table, as: "Int") { try await values.union(values).fetchAll($0) }
      // The column of a sub-query is still that of the table.
      try await refuse(trial, "value", of: table, as: "Int") { try await values.union(values).distinct().fetchAll($0) }
    },
    ConformanceCase("failures/a value of raw SQL or of an expression names column and both types") { trial in
      try await fill(trial)
      let value = SQL("SELECT value FROM stored_int")
      try await refuse(trial, "value", as: "Int64") { try await value.as(Int64.self).fetchAll($0) }
      // The same text, read as another type: each error names its own.
      try await refuse(trial, "value", as: "Int") { try await value.as(Int.self).fetchAll($0) }
      try await refuse(trial, "value", as: "Optional<Int64>") { try await value.as(Int64?.self).fetchAll($0) }
      try await refuse(trial, "shown", as: "Double") {
        try await SQL("SELECT id, value AS shown FROM stored_int").as(Int64.self, Double.self).fetchAll($0)
      }
      // What has no name of its own is called what the engine calls it, and that is not the value bound.
      let bound = SQL("SELECT \(Secret().text)")
      try await refuse(trial, nil, as: "Int64") { try await bound.as(Int64.self).fetchAll($0) }
      let whole = Model.all().select { SQL("nullif(\($0.value), '')").expression(Int.self) }
      try await refuse(trial, nil, as: "Int") { try await whole.fetchAll($0) }
      let wide = Model.all().select { SQL("nullif(\($0.value), '')").expression(Int64.self) }
      try await refuse(trial, nil, as: "Int64") { try await wide.fetchAll($0) }
      let second = Model.all().select { ($0.id, SQL("nullif(\($0.value), '')").expression(Double.self)) }
      try await refuse(trial, nil, as: "Double") { try await second.fetchAll($0) }
      try await trial.expectIntact()
    },
    ConformanceCase("failures/NULL where none is expected, and numbers that do not fit") { trial in
      try await SQL("CREATE TABLE stored_int8 (id BIGINT PRIMARY KEY, value BIGINT, maybe BIGINT)").run(trial.db)
      try await SQL("INSERT INTO stored_int8 (id, value) VALUES (1, NULL), (2, \(Secret().number)), (3, 128)")
        .run(trial.db)
      for id in [1, 2, 3] as [Int64] {
        try await refuse(trial, "value", of: "stored_int8", as: "Int8") {
          try await Stored<Int8Kind>.find(id).fetchOne($0)
        }
      }
      let null = try await expectError(.decodingFailed) { try await Stored<Int8Kind>.find(1).fetchOne(trial.db) }
      try expect(null.message.contains("NULL"), "\(null)")
      let missing = SQL("SELECT value FROM stored_int8 WHERE id = 1")
      try await refuse(trial, "value", as: "Int64") { try await missing.as(Int64.self).fetchAll($0) }
      try expectEqual(try await missing.as(Int64?.self).fetchAll(trial.db), [nil])
      try await trial.expectIntact()
    },
    ConformanceCase("failures/a row with too few columns") { trial in
      try await Person.createAndFill(trial.db)
      let record = try await expectError(.decodingFailed) {
        try await SQL("SELECT id, name FROM \(Person.self)").as(Person.self).fetchAll(trial.db)
      }
      try expectEqual(record.table, "people")
      try expectEqual(record.columns, ["email"])
      try expect(record.message.contains("column 'email' of 'people' is missing, to be read as "), "\(record)")
      let values = try await expectError(.decodingFailed) {
        try await SQL("SELECT id FROM \(Person.self)").as(Int64.self, String.self).fetchAll(trial.db)
      }
      try expect(values.message.contains("column 2 is missing, to be read as String"), "\(values)")
      // More than are read are no harm.
      let names = try await SQL("SELECT name, id FROM \(Person.self) ORDER BY id").as(String.self).fetchAll(trial.db)
      try expectEqual(names, ["Ada", "Grace", "Linus", "Dennis"])
    },
  ]
}
