import RowanCore

enum FailureCases {
  static let cases: [ConformanceCase] = violations + statements + DecodingFailureCases.cases

  /// Runs `body`, which has to fail with `code`, and looks for the secret in the error and in the events.
  @discardableResult
  static func secretly(
    _ trial: Trial, _ codes: RowanError.Code..., file: StaticString = #fileID, line: UInt = #line,
    _ body: (Secret) async throws -> Void
  ) async throws -> RowanError {
    let secret = Secret()
    let log = EventLog(trial.db)
    let error: RowanError
    do {
      try await body(secret)
      throw ConformanceFailure("expected an error of \(codes), found none", file: file, line: line)
    } catch let found as RowanError {
      guard codes.contains(found.code) else {
        throw ConformanceFailure("expected one of \(codes), found \(found)", file: file, line: line)
      }
      error = found
    }
    try secret.expectAbsent(from: error, file: file, line: line)
    for event in await log.all() { try secret.expectAbsent(from: event, file: file, line: line) }
    log.stop()
    return error
  }

  private static let violations: [ConformanceCase] = [
    ConformanceCase("failures/a unique violation names the constraint or the columns, and no value") { trial in
      try await Person.createAndFill(trial.db)
      try await Person.insert(Person.Draft("one", email: Secret().text)).run(trial.db)
      let error = try await secretly(trial, .uniqueViolation) { secret in
        try await Person.insert(Person.Draft("two", email: secret.text)).run(trial.db)
      }
      try expect(error.constraint != nil || !error.columns.isEmpty, "neither constraint nor columns: \(error)")
      if let constraint = error.constraint { try expectEqual(constraint, "uq_people_email") }
      if !error.columns.isEmpty { try expectEqual(error.columns, ["email"]) }
      if let table = error.table { try expectEqual(table, "people") }
      if let wanted = trial.expected([.sqlite: [nil, "people"], .postgres: ["uq_people_email", "people"]]) {
        try expectEqual([error.constraint, error.table], wanted)
      }
      for insert in [
        [Person.Draft(id: 1, Secret().text)], [Person.Draft("x"), Person.Draft("y", email: Secret().text)],
      ] {
        try await secretly(trial, .uniqueViolation) { _ in try await Person.insert(insert).run(trial.db) }
        try await secretly(trial, .uniqueViolation) { _ in
          _ = try await Person.insert(insert).returning().fetchAll(trial.db)
        }
        try await secretly(trial, .uniqueViolation) { _ in
          try await trial.db.batch { $0.add(Person.insert(insert)) }
        }
      }
      try await secretly(trial, .uniqueViolation) { secret in
        try await Person.update { $0.email = secret.text }.where { $0.id == ID(2) }.run(trial.db)
      }
      try expectEqual(try await Person.all().fetchCount(trial.db), 5)
    },
    ConformanceCase("failures/a foreign key violation, from either side, names no value") { trial in
      try await Book.createAndFill(trial.db)
      let error = try await secretly(trial, .foreignKeyViolation) { secret in
        try await Book.insert(Book.Draft(by: secret.number, secret.text)).run(trial.db)
      }
      if let wanted = trial.expected([.postgres: "fk_books_author_id", .mysql: "fk_books_author_id"]) {
        try expectEqual(error.constraint, wanted)
        try expectEqual(error.table, "books")
      }
      try await secretly(trial, .foreignKeyViolation) { _ in
        try await Person.delete().where { $0.id == ID(1) }.run(trial.db)
      }
      try expectEqual(try await Person.all().fetchCount(trial.db), 4)
    },
    ConformanceCase("failures/a not-null violation names the column, and no value") { trial in
      try await Person.createAndFill(trial.db)
      let missing: String? = nil
      let error = try await secretly(trial, .notNullViolation) { secret in
        try await SQL("INSERT INTO \(Person.self) (name, email) VALUES (\(missing), \(secret.text))").run(trial.db)
      }
      try expectEqual(error.columns, ["name"])
      try await secretly(trial, .notNullViolation) { secret in
        try await SQL("INSERT INTO \(Person.self) (email) VALUES (\(secret.text))").run(trial.db)
      }
    },
    ConformanceCase("failures/a check violation names the check, and no value") { trial in
      try await Review.createAndFill(trial.db)
      let error = try await secretly(trial, .checkViolation) { secret in
        try await Review.insert(Review.Draft(of: 2, by: 1, stars: 9, text: secret.text)).run(trial.db)
      }
      try expectEqual(error.constraint, "reviews_stars")
      try await secretly(trial, .checkViolation) { secret in
        try await Book.insert(Book.Draft(by: 1, secret.text, pages: 0)).run(trial.db)
      }
      try await secretly(trial, .checkViolation) { secret in
        try await Book.update { book in
          book.pages = -Int(secret.number)
          book.title = secret.text
        }.where { $0.id == ID(1) }.run(trial.db)
      }
    },
    ConformanceCase("failures/values that do not fit are not shown") { trial in
      try await Person.createAndFill(trial.db)
      let long = String(repeating: Secret().text, count: 20)
      do {
        try await secretly(trial, .valueOutOfRange) { _ in
          try await Person.insert(Person.Draft("long", email: long)).run(trial.db)
          // SQLite does not enforce lengths.
          throw RowanError(.valueOutOfRange, "stored")
        }
      }
      try await trial.db.createTables([Stored<Int16Kind>.self])
      let kind = Stored<Int16Kind>.self
      do {
        try await secretly(trial, .valueOutOfRange, .checkViolation) { secret in
          try await SQL("INSERT INTO \(kind) (id, value) VALUES (1, \(secret.number))").run(trial.db)
          throw RowanError(.valueOutOfRange, "stored")
        }
      }
    },
    ConformanceCase("failures/values of the wrong type in raw SQL are not shown") { trial in
      try await Person.createAndFill(trial.db)
      let secret = Secret()
      let statements: [SQL] = [
        "SELECT id FROM \(Person.self) WHERE id = \(secret.text)",
        "INSERT INTO \(Person.self) (id, name, email) VALUES (\(secret.text), 'a', 'b')",
        "SELECT CAST(\(secret.text) AS integer) AS n",
        "SELECT CAST(\(secret.text) AS date) AS n",
        "SELECT CAST(\(secret.text) AS json) AS n",
        "SELECT 1 / (\(secret.number) - \(secret.number)) AS n",
        "SELECT \(secret.number) * \(secret.number) AS n",
        "SELECT name, \(secret.text) AS n FROM \(Person.self) WHERE nowhere = \(secret.text)",
        "SELECT \(secret.text) FRM people WHERE name = \(secret.text)",
        "SELECT id FROM missing WHERE name = \(secret.text)",
        "SELECT id FROM \(Person.self) LIMIT \(secret.text)",
        "SELECT substr(name, \(secret.text)) AS n FROM \(Person.self)",
      ]
      for statement in statements {
        let log = EventLog(trial.db)
        do {
          try await statement.run(trial.db)
        } catch let error as RowanError {
          try secret.expectAbsent(from: error)
          try expect(error.code != .internalError, "\(error)")
        }
        for event in await log.all() { try secret.expectAbsent(from: event) }
      }
      try await trial.expectIntact()
    },
  ]

  private static let statements: [ConformanceCase] = [
    ConformanceCase("failures/an unknown table, an unknown column, a mistake in the SQL") { trial in
      try await Person.createAndFill(trial.db)
      let table = try await expectError(.unknownTable) { try await LogLine.all().fetchAll(trial.db) }
      try expect(table.sql?.contains("log_lines") == true, "the statement is not named: \(table)")
      try await expectError(.unknownTable) { try await LogLine.insert(LogLine.Draft(1, "")).run(trial.db) }
      let column = try await expectError(.unknownColumn) {
        try await SQL("SELECT nowhere FROM \(Person.self)").as(String.self).fetchAll(trial.db)
      }
      try expect("\(column)".contains("nowhere"), "the column is not named: \(column)")
      try await expectError(.syntaxError) { try await SQL("SELEKT 1").run(trial.db) }
      try await expectError(.emptyStatement, .syntaxError) { try await SQL("").run(trial.db) }
      try await trial.expectIntact()
    },
    ConformanceCase("failures/two statements at once are refused, and neither is run") { trial in
      try await Person.createAndFill(trial.db)
      let sneaky: [SQL] = [
        "SELECT 1; DELETE FROM people", "DELETE FROM people WHERE id = 1; DELETE FROM people", "SELECT 1; SELEKT 2",
      ]
      for statement in sneaky {
        try await expectError(.syntaxError, .unsupported) { try await statement.run(trial.db) }
        try expectEqual(try await Person.all().fetchCount(trial.db), 4)
      }
      try await SQL("DELETE FROM people WHERE id = 4;").run(trial.db)
      try expectEqual(try await Person.all().fetchCount(trial.db), 3)
      try await trial.expectIntact()
    },
    ConformanceCase("failures/statements outlive changes of their table") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      func round(_ people: Int) async throws {
        // On every connection.
        try await withThrowingTaskGroup { group in
          for index in 0..<8 {
            group.addTask {
              try expectEqual(try await Person.order { $0.id.ascending() }.fetchAll(db).count, people)
              try expectEqual(try await Person.find(ID(1)).fetchFirst(db)?.name, "Ada")
              let raw = try await SQL("SELECT * FROM \(Person.self) ORDER BY id").as(Int64.self).fetchAll(db)
              try expectEqual(raw.count, people)
              try await Person.update { $0.score = Double(index) }.where { $0.id == ID(2) }.run(db)
              // Inside a transaction a statement prepared before the change may be refused, once.
              let again = RetryPolicy(attempts: 8, codes: [.schemaChanged])
              _ = try await db.transaction(retrying: again) { try await Person.where { $0.age == 36 }.fetchAll($0) }
            }
          }
          try await group.waitForAll()
        }
      }
      try await round(4)
      try await SQL("ALTER TABLE \(Person.self) ADD COLUMN added INTEGER").run(db)
      try await round(4)
      let change: SQL? = trial.expected([
        .postgres: "ALTER TABLE \(Person.self) ALTER COLUMN name TYPE varchar(100)",
        .mysql: "ALTER TABLE \(Person.self) MODIFY name varchar(100) NOT NULL",
      ])
      if let change { try await change.run(db) }
      try await round(4)
      try await SQL("ALTER TABLE \(Person.self) DROP COLUMN added").run(db)
      try await round(4)
      try await SQL("CREATE INDEX by_age ON \(Person.self) (age)").run(db)
      try await round(4)
      try await db.dropTables([Person.self])
      try await expectError(.unknownTable) { try await Person.all().fetchAll(db) }
      try await Person.createAndFill(db)
      try await round(4)
    },
    ConformanceCase("failures/a changed table inside a transaction: the rows, or a typed error") { trial in
      try await Person.createAndFill(trial.db)
      let raw: SQL = "SELECT * FROM \(Person.self) ORDER BY id"
      for _ in 0..<4 { _ = try await trial.db.read { try await raw.as(Int64.self).fetchAll($0) } }
      try await SQL("ALTER TABLE \(Person.self) ADD COLUMN added INTEGER").run(trial.db)
      for _ in 0..<4 {
        do {
          let rows = try await trial.db.transaction { transaction in
            _ = try await Person.find(ID(1)).fetchOne(transaction)
            return try await raw.as(Int64.self).fetchAll(transaction)
          }
          try expectEqual(rows, [1, 2, 3, 4])
        } catch let error as RowanError where error.code == .schemaChanged {}
      }
      // Whatever came of it, the next try has the rows.
      let rows = try await trial.db.transaction { try await raw.as(Int64.self).fetchAll($0) }
      try expectEqual(rows, [1, 2, 3, 4])
    },
    ConformanceCase("failures/no row, and more rows than one") { trial in
      try await Person.createAndFill(trial.db)
      try await expectError(.notFound) { try await Person.find(ID(99)).fetchOne(trial.db) }
      try expectEqual(try await Person.find(ID(99)).fetchFirst(trial.db), nil)
      try await expectError(.tooManyRows) { try await Person.all().fetchOne(trial.db) }
      try await expectError(.missingWhere) { try await Person.delete().run(trial.db) }
      try await expectError(.missingWhere) { try await Person.update { $0.age = 1 }.run(trial.db) }
      try expectEqual(try await Person.all().fetchCount(trial.db), 4)
    },
    ConformanceCase("failures/an error while reading rows leaves the connection in order") { trial in
      struct Enough: Error {}
      try await Person.createAndFill(trial.db)
      for _ in 0..<8 {
        do {
          _ = try await trial.db.execute(Person.all().statement) { source -> Int in
            _ = try source.next()
            throw Enough()
          }
        } catch is Enough {}
      }
      try await trial.expectIntact()
    },
  ]
}
