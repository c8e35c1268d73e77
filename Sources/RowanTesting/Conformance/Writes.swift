import RowanCore

enum WriteCases {
  private static func drafts(_ count: Int) -> [Person.Draft] {
    (0..<count).map { Person.Draft("p\($0)", age: $0.isMultiple(of: 3) ? nil : $0) }
  }

  static let cases: [ConformanceCase] = [
    ConformanceCase("writes/insert one row") { trial in
      try await trial.db.createTables([Person.self])
      let result = try await Person.insert(.init("Ada", age: 36)).run(trial.db)
      try expectEqual(result.affectedRows, 1)
      let ada = try await Person.all().fetchOne(trial.db)
      try expectEqual(ada.age, 36)
      try expectEqual(ada.score, 0, "default")
      try expectEqual(ada.isActive, true, "default")
      let rendered = try Person.insert(.init("a")).sql(for: trial.db.dialect)
      let text: [EngineName: String] = [
        .sqlite: #"INSERT INTO "people" ("name", "email", "age", "manager_id") VALUES (?, ?, ?, ?)"#,
        .postgres: #"INSERT INTO "people" ("name", "email", "age", "manager_id") VALUES ($1, $2, $3, $4)"#,
        .mysql: "INSERT INTO `people` (`name`, `email`, `age`, `manager_id`) VALUES (?, ?, ?, ?)",
      ]
      if let wanted = trial.expected(text) { try expectEqual(rendered.map(\.text), [wanted]) }
      try expectEqual(rendered.first?.binds.count, 4)
    },
    ConformanceCase("writes/insert many rows, of every batch size") { trial in
      let db = trial.db
      for count in [0, 1, 2, 49, 50, 51, 100, 1000] {
        try await db.createTables([Person.self])
        let result = try await Person.insert(drafts(count)).run(db)
        try expectEqual(result.affectedRows, count, "affected of \(count)")
        let rows = try await Person.order { $0.id.ascending() }.fetchAll(db)
        try expectEqual(rows.map(\.name), (0..<count).map { "p\($0)" }, "names of \(count)")
        try expectEqual(rows.map(\.age), (0..<count).map { $0.isMultiple(of: 3) ? nil : $0 }, "ages of \(count)")
        try await db.dropTables([Person.self])
      }
    },
    ConformanceCase("writes/insert rows that set different columns") { trial in
      let db = trial.db
      try await db.createTables([Tally.self])
      let result = try await Tally.insert([
        .init(id: 1), .init(id: 2, count: 5), .init(id: 3, label: "x", note: "n"), .init(id: 4, count: 6),
        .init(id: 5, count: 1, label: "y", note: .some(nil)), .init(id: 6),
      ]).run(db)
      try expectEqual(result.affectedRows, 6)
      let rows = try await Tally.order { $0.id.ascending() }.fetchAll(db)
      try expectEqual(rows.map(\.count), [7, 5, 7, 6, 1, 7])
      try expectEqual(rows.map(\.label), ["it's", "it's", "x", "it's", "y", "it's"])
      try expectEqual(rows.map(\.note), [nil, nil, "n", nil, nil, nil])
    },
    ConformanceCase("writes/insert nothing but defaults") { trial in
      let db = trial.db
      try await db.createTables([Tally.self])
      try expectEqual(try await Tally.insert(.init()).run(db).affectedRows, 1)
      try expectEqual(try await Tally.insert([.init(), .init(), .init()]).run(db).affectedRows, 3)
      let rows = try await Tally.all().fetchAll(db)
      try expectEqual(rows.map(\.count), [7, 7, 7, 7])
      try expectEqual(Set(rows.map(\.id)).count, 4, "different keys")
    },
    ConformanceCase("writes/a multi-row insert is all or nothing") { trial in
      let db = trial.db
      try await db.createTables([Person.self])
      var many = drafts(120)
      many[119].email = many[0].email
      let rows = many
      try await expectError(.uniqueViolation) { try await Person.insert(rows).run(db) }
      try expectEqual(try await Person.all().fetchCount(db), 0)
    },
    ConformanceCase("writes/a failed multi-row insert inside a savepoint undoes only itself") { trial in
      let db = trial.db
      try await db.createTables([Person.self])
      var many = drafts(60)
      many[59].email = many[0].email
      let rows = many
      try await db.transaction { tx in
        try await Person.insert(.init("before")).run(tx)
        try await expectError(.uniqueViolation) { try await tx.savepoint { try await Person.insert(rows).run($0) } }
        try await Person.insert(.init("after")).run(tx)
      }
      try await trial.assertQuery(
        Person.order { $0.id.ascending() }.select { $0.name }, rows: ["before", "after"])
    },
    ConformanceCase("writes/update with values, expressions and nil") { trial in
      try await Person.createAndFill(trial.db)
      let result = try await Person.update {
        $0.name = "x"
        $0.score = $0.score + 1
        $0.managerID = nil
        $0.age = $0.age * 2
      }.where { $0.managerID == ID(1) }.run(trial.db)
      try expectEqual(result.affectedRows, 2)
      let rows = try await Person.order { $0.id.ascending() }.fetchAll(trial.db)
      try expectEqual(rows.map(\.name), ["Ada", "x", "x", "Dennis"])
      try expectEqual(rows.map(\.score), [9.5, 9.25, 8, 8.25])
      try expectEqual(rows.map(\.age), [36, nil, 42, 70])
      try expectEqual(rows.map { $0.managerID?.rawValue }, [nil, nil, nil, 3])
      try trial.assertSQL(
        .update(
          Person.update {
            $0.name = "x"; $0.score = $0.score + 1
          }.where { $0.id == ID(1) }.update),
        [
          .sqlite: #"UPDATE "people" SET "name" = ?, "score" = "people"."score" + ? WHERE "people"."id" = ?"#,
          .postgres: #"UPDATE "people" SET "name" = $1, "score" = "people"."score" + $2 WHERE "people"."id" = $3"#,
          .mysql: "UPDATE `people` SET `name` = ?, `score` = `people`.`score` + ? WHERE `people`.`id` = ?",
        ])
    },
    ConformanceCase("writes/an update reads every column as it was before") { trial in
      try await Person.createAndFill(trial.db)
      try await Person.update {
        $0.name = "new"
        $0.email = $0.name
      }.where { $0.id == ID(1) }.run(trial.db)
      let ada = try await Person.find(ID(1)).fetchOne(trial.db)
      try expectEqual(ada.name, "new")
      try expectEqual(ada.email, "Ada")
    },
    ConformanceCase("writes/an update swaps two columns, or says that the engine cannot") { trial in
      try await Person.createAndFill(trial.db)
      do {
        try await Person.update {
          $0.name = $0.email
          $0.email = $0.name
        }.where { $0.id == ID(1) }.run(trial.db)
      } catch let error as RowanError {
        try expectEqual(error.code, .unsupported)
        return
      }
      let ada = try await Person.find(ID(1)).fetchOne(trial.db)
      try expectEqual(ada.name, "Ada@example.com")
      try expectEqual(ada.email, "Ada")
    },
    ConformanceCase("writes/the last assignment to a column counts") { trial in
      try await Person.createAndFill(trial.db)
      try await Person.update {
        $0.name = "one"
        $0.name = "two"
      }.where { $0.id == ID(1) }.run(trial.db)
      try expectEqual(try await Person.find(ID(1)).fetchOne(trial.db).name, "two")
    },
    ConformanceCase("writes/an update counts the rows it found, changed or not") { trial in
      try await Person.createAndFill(trial.db)
      let same = try await Person.update { $0.isActive = true }.where { $0.id <= ID(2) }.run(trial.db)
      try expectEqual(same.affectedRows, 2)
      let none = try await Person.update { $0.isActive = true }.where { $0.id > ID(100) }.run(trial.db)
      try expectEqual(none.affectedRows, 0)
    },
    ConformanceCase("writes/update and delete without a condition are refused unless they say all") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      try await expectError(.missingWhere) { try await Person.update { $0.score = 1 }.run(db) }
      try await expectError(.missingWhere) { try await Person.delete().run(db) }
      try await expectError(.missingWhere) { try await Person.delete().where { _ in [Condition]().all() }.run(db) }
      let none: [Condition] = []
      try await expectError(.missingWhere) {
        try await Person.delete().where { _ in none.all() }.where { _ in none.all() }.run(db)
      }
      try await expectError(.missingWhere) {
        try await Person.delete().where { _ in none.all() && !none.any() }.run(db)
      }
      try await expectError(.missingWhere) {
        try await Person.update { $0.score = 1 }.where { _ in none.all() }.returning().fetchAll(db)
      }
      try await expectError(.missingWhere) { try await Person.update { $0.score = 1 }.returning().fetchAll(db) }
      try await expectError(.missingWhere) { try await Person.delete().returning().fetchAll(db) }
      try expectEqual(try await Person.all().fetchCount(db), 4)
      try expectEqual(
        try await Person.update {
          $0.score = 1; $0.managerID = nil
        }.all.run(db).affectedRows, 4)
      try expectEqual(try await Person.delete().all.run(db).affectedRows, 4)
    },
    ConformanceCase("writes/an update that sets nothing is a typed error") { trial in
      try await Person.createAndFill(trial.db)
      try await expectError(.emptyStatement) { try await Person.update { _ in }.all.run(trial.db) }
    },
    ConformanceCase("writes/delete") { trial in
      try await Person.createAndFill(trial.db)
      let result = try await Person.delete().where { $0.name.hasPrefix("D") || $0.age == nil }.run(trial.db)
      try expectEqual(result.affectedRows, 2)
      try await trial.assertQuery(Person.order { $0.id.ascending() }.select { $0.name }, rows: ["Ada", "Linus"])
      let none = try await Person.delete().where { _ in .never }.run(trial.db)
      try expectEqual(none.affectedRows, 0)
    },
    ConformanceCase("writes/foreign keys cascade and hold") { trial in
      try await Book.createAndFill(trial.db)
      let db = trial.db
      try await expectError(.foreignKeyViolation) { try await Book.insert(.init(by: 99, "x")).run(db) }
      try await expectError(.foreignKeyViolation) { try await Person.delete().where { $0.id == ID(3) }.run(db) }
      try await Person.delete().where { $0.id == ID(2) }.run(db)
      try expectEqual(try await Book.all().fetchCount(db), 3)
    },
    ConformanceCase("writes/generated keys are reported or returned") { trial in
      try await trial.db.createTables([Person.self])
      let result = try await Person.insert(.init("Ada")).run(trial.db)
      let ada = try await Person.all().fetchOne(trial.db)
      if let id = result.lastInsertID {
        try expectEqual(ID(id), ada.id)
      } else {
        try expect(trial.capabilities.insertReturning, "the key is not reported, and cannot be returned")
      }
      if let reports = trial.expected([.sqlite: true, .mysql: true, .postgres: false]) {
        try expectEqual(result.lastInsertID != nil, reports, "the key reported")
      }
      let grace = try await Person.insert(.init("Grace")).returning().fetchOne(trial.db)
      try expectEqual(grace.name, "Grace")
      try expect(grace.id != ada.id, "\(grace.id) twice")
      try expectEqual(try await Person.find(grace.id).fetchOne(trial.db), grace)
    },
    ConformanceCase("writes/a wide row of many batches stays under the engine's limit of binds") { trial in
      try await trial.db.createTables([Stored<StringKind>.self])
      let rows = (0..<3000).map { Stored<StringKind>.Draft(Int64($0), "v\($0)", $0.isMultiple(of: 2) ? "m" : nil) }
      try expectEqual(try await Stored<StringKind>.insert(rows).run(trial.db).affectedRows, 3000)
      let last = try await Stored<StringKind>.find(2999).fetchOne(trial.db)
      try expectEqual(last.value, "v2999")
      try expectEqual(try await Stored<StringKind>.where { $0.maybe == nil }.fetchCount(trial.db), 1500)
    },
  ]
}
