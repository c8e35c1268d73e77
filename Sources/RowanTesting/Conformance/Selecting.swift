import RowanCore

enum SelectingCases {
  static let cases: [ConformanceCase] = [
    ConformanceCase("selecting/whole rows") { trial in
      try await Person.createAndFill(trial.db)
      let ada = try await Person.find(ID(1)).fetchOne(trial.db)
      try expectEqual(ada.name, "Ada")
      try expectEqual(ada.email, "Ada@example.com")
      try expectEqual(ada.age, 36)
      try expectEqual(ada.score, 9.5)
      try expectEqual(ada.isActive, true)
      try expectEqual(ada.managerID, nil)
      let all = try await Person.order { $0.id.ascending() }.fetchAll(trial.db)
      try expectEqual(all.map(\.name), ["Ada", "Grace", "Linus", "Dennis"])
      try expectEqual(all.map(\.age), [36, nil, 21, 70])
      try expectEqual(all.map { $0.managerID?.rawValue }, [nil, 1, 1, 3])
    },
    ConformanceCase("selecting/the text of a point read") { trial in
      try await Person.createAndFill(trial.db)
      try trial.assertSQL(
        Person.find(ID(1)).limit(1).statement,
        [
          .sqlite: #"""
          SELECT t0."id", t0."name", t0."email", t0."age", t0."score", t0."is_active", t0."manager_id" \#
          FROM "people" AS t0 WHERE t0."id" = ? LIMIT ?
          """#,
          .postgres: #"""
          SELECT t0."id", t0."name", t0."email", t0."age", t0."score", t0."is_active", t0."manager_id" \#
          FROM "people" AS t0 WHERE t0."id" = $1 LIMIT $2
          """#,
          .mysql: """
          SELECT t0.`id`, t0.`name`, t0.`email`, t0.`age`, t0.`score`, t0.`is_active`, t0.`manager_id` \
          FROM `people` AS t0 WHERE t0.`id` = ? LIMIT ?
          """,
        ])
    },
    ConformanceCase("selecting/one column") { trial in
      try await Person.createAndFill(trial.db)
      try await trial.assertQuery(
        Person.order { $0.id.ascending() }.select { $0.name },
        sql: [
          .sqlite: #"SELECT t0."name" FROM "people" AS t0 ORDER BY t0."id""#,
          .postgres: #"SELECT t0."name" FROM "people" AS t0 ORDER BY t0."id""#,
          .mysql: "SELECT t0.`name` FROM `people` AS t0 ORDER BY t0.`id`",
        ],
        rows: ["Ada", "Grace", "Linus", "Dennis"])
      try await trial.assertQuery(
        Person.order { $0.id.ascending() }.select { $0.age }, rows: [36, nil, 21, 70])
    },
    ConformanceCase("selecting/tuples of columns, expressions and whole rows") { trial in
      try await Person.createAndFill(trial.db)
      let query = Person.order { $0.id.ascending() }.limit(2)
      try await trial.assertQuery(
        query.select { ($0.name, $0.age, $0.score * 2) }, rows: [("Ada", 36, 19), ("Grace", nil, 16.5)], by: ==)
      let rows = try await query.select { ($0.name, $0, $0.isActive) }.fetchAll(trial.db)
      try expectEqual(rows.map(\.0), ["Ada", "Grace"])
      try expectEqual(rows.map(\.1.name), ["Ada", "Grace"])
      try expectEqual(rows.map(\.2), [true, true])
      let wide = try await query.select {
        ($0.id, $0.name, $0.email, $0.age, $0.score, $0.isActive, $0.managerID, $0.name, $0.score, $0.id)
      }.fetchFirst(trial.db)
      try expectEqual(try expectPresent(wide).9.rawValue, 1)
    },
    ConformanceCase("selecting/fetchOne, fetchFirst and exists") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      let nobody = Person.where { $0.name == "Nobody" }
      try await expectError(.notFound) { try await nobody.fetchOne(db) }
      try await expectError(.tooManyRows) { try await Person.all().fetchOne(db) }
      try expectEqual(try await nobody.fetchFirst(db), nil)
      try expectEqual(try await Person.order { $0.id.descending() }.fetchFirst(db)?.name, "Dennis")
      try expect(try await Person.all().exists(db), "nobody exists")
      try expect(!(try await nobody.exists(db)), "Nobody exists")
      try expectEqual(try await Person.all().limit(0).exists(db), false, "of no rows")
      try expectEqual(try await Person.order { $0.id.ascending() }.offset(3).exists(db), true, "offset 3")
      try expectEqual(try await Person.order { $0.id.ascending() }.limit(10).offset(4).exists(db), false, "offset 4")
      try expectEqual(try await Person.order { $0.id.ascending() }.limit(1).fetchOne(db).name, "Ada", "limit 1")
      let oldest = nobody.select { $0.age.max() }
      try expectEqual(try await oldest.exists(db), true, "an aggregate has a row, whatever it reads")
      try expectEqual(try await oldest.fetchCount(db), 1, "and one only")
      try expectEqual(try await Person.select { $0.name }.distinct().exists(db), true, "distinct")
      try expectEqual(try await nobody.group { $0.age }.select { key, _ in key }.exists(db), false, "no groups")
      try expectEqual(try await Person.order { $0.id.ascending() }.limit(3).fetchFirst(db)?.name, "Ada", "limit 3")
    },
    ConformanceCase("selecting/limit and offset") { trial in
      try await Person.createAndFill(trial.db)
      let names = Person.order { $0.id.ascending() }
      try await trial.assertQuery(names.limit(2).select { $0.name }, rows: ["Ada", "Grace"])
      try await trial.assertQuery(names.limit(2).offset(1).select { $0.name }, rows: ["Grace", "Linus"])
      try await trial.assertQuery(
        names.offset(2).select { $0.name },
        sql: [
          .sqlite: #"SELECT t0."name" FROM "people" AS t0 ORDER BY t0."id" LIMIT -1 OFFSET ?"#,
          .postgres: #"SELECT t0."name" FROM "people" AS t0 ORDER BY t0."id" OFFSET $1"#,
          .mysql: "SELECT t0.`name` FROM `people` AS t0 ORDER BY t0.`id` LIMIT 18446744073709551615 OFFSET ?",
        ],
        rows: ["Linus", "Dennis"])
      try await trial.assertQuery(names.limit(0).select { $0.name }, rows: [])
      try await trial.assertQuery(names.limit(.max).offset(3).select { $0.name }, rows: ["Dennis"])
      try await trial.assertQuery(names.limit(1).offset(.max).select { $0.name }, rows: [])
    },
    ConformanceCase("selecting/a negative limit or offset is a typed error") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      try await expectError(.valueOutOfRange) { try await Person.limit(-1).fetchAll(db) }
      try await expectError(.valueOutOfRange) { try await Person.all().offset(-1).fetchAll(db) }
      try await expectError(.valueOutOfRange) { try await Person.limit(.min).fetchCount(db) }
      try await expectError(.valueOutOfRange) { try await Person.limit(-1).select { $0.name }.fetchFirst(db) }
    },
    ConformanceCase("selecting/distinct") { trial in
      try await Person.createAndFill(trial.db)
      try await trial.assertQuery(
        Person.order { $0.score.ascending() }.select { $0.score }.distinct(), rows: [7, 8.25, 9.5])
      let pairs = try await Person.all().select { ($0.score, $0.isActive) }.distinct().fetchAll(trial.db)
      try expectEqual(pairs.count, 4)
      try expectEqual(try await Person.all().distinct().fetchAll(trial.db).count, 4)
    },
    ConformanceCase("selecting/count under limit, offset, distinct and group") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      try expectEqual(try await Person.all().fetchCount(db), 4)
      try expectEqual(try await Person.where { $0.isActive.isTrue }.fetchCount(db), 3)
      try expectEqual(try await Person.limit(3).fetchCount(db), 3, "limit")
      try expectEqual(try await Person.limit(3).offset(2).fetchCount(db), 2, "limit and offset")
      try expectEqual(try await Person.all().offset(3).fetchCount(db), 1, "offset")
      try expectEqual(try await Person.select { $0.score }.distinct().fetchCount(db), 3, "distinct")
      try expectEqual(try await Person.select { $0.age }.fetchCount(db), 4, "a column with NULL")
      let groups = Person.all().group { $0.isActive }
      try expectEqual(try await groups.select { key, _ in key }.fetchCount(db), 2, "group")
      try expectEqual(
        try await groups.having { _, row in row.id.count() > 1 }.select { key, _ in key }.fetchCount(db), 1, "having")
      try expectEqual(try await Person.all().select { $0.score.max() }.fetchCount(db), 1, "an aggregate")
    },
    ConformanceCase("selecting/queries are values and refine each other") { trial in
      try await Person.createAndFill(trial.db)
      let base = Person.where { $0.isActive.isTrue }
      let old = base.where { $0.age > 30 }
      let ordered = base.order { $0.name.descending() }
      try expectEqual(try await old.fetchAll(trial.db).map(\.name), ["Ada"])
      try expectEqual(try await ordered.fetchAll(trial.db).map(\.name), ["Linus", "Grace", "Ada"])
      try expectEqual(try await base.fetchCount(trial.db), 3)
    },
    ConformanceCase("selecting/a table without a key") { trial in
      try await trial.db.createTables([LogLine.self])
      try await LogLine.insert([.init(1, "a"), .init(2, "b"), .init(1, "a")]).run(trial.db)
      try await trial.assertQuery(LogLine.where { $0.level == 1 }.select { $0.text }, rows: ["a", "a"])
    },
    ConformanceCase("selecting/unions") { trial in
      try await Person.createAndFill(trial.db)
      let young = Person.where { $0.age < 40 }.select { $0.name }
      let active = Person.where { $0.isActive.isTrue }.select { $0.name }
      try expectEqual(Set(try await young.union(active).fetchAll(trial.db)), ["Ada", "Grace", "Linus"])
      try expectEqual(try await young.unionAll(active).fetchAll(trial.db).count, 5)
      try expectEqual(try await young.union(active).fetchCount(trial.db), 3)
      try expectEqual(try await young.unionAll(active).limit(4).fetchAll(trial.db).count, 4)
      let ordered = Person.where { $0.age < 40 }.order { $0.name.descending() }.select { $0.name }
      try await trial.assertQuery(ordered.union(active), rows: ["Linus", "Grace", "Ada"])
      try await trial.assertQuery(ordered.union(active).limit(2).offset(1), rows: ["Grace", "Ada"])
      let oldest = Person.order { $0.age.descending().nullsLast() }.limit(1).select { $0.name }
      try await trial.assertQuery(ordered.unionAll(oldest), rows: ["Linus", "Dennis", "Ada"])
      let pairs = Person.where { $0.age < 40 }.select { ($0.name, $0.age) }
      try expectEqual(
        try await pairs.union(Person.where { $0.id == ID(1) }.select { ($0.name, $0.age) }).fetchAll(trial.db).count, 2)
    },
    ConformanceCase("selecting/unions of queries that are cut or folded") { trial in
      try await Person.createAndFill(trial.db)
      let names = Person.all().select { $0.name }
      let first = Person.order { $0.id.ascending() }.limit(1).select { $0.name }
      try expectEqual(
        try await first.unionAll(names).fetchAll(trial.db).sorted(), ["Ada", "Ada", "Dennis", "Grace", "Linus"])
      try expectEqual(try await names.limit(2).unionAll(names.limit(1).offset(1)).fetchCount(trial.db), 3)
      try expectEqual(try await names.unionAll(names).limit(3).unionAll(names).fetchCount(trial.db), 7)
      try expectEqual(try await names.unionAll(names).distinct().fetchAll(trial.db).count, 4)
      let pairs = Person.order { $0.id.descending() }.limit(1).select { ($0.name, $0.age) }
      try expectEqual(try await pairs.unionAll(pairs).distinct().fetchAll(trial.db).map(\.0), ["Dennis"])
      let managers = Person.where { $0.id == ID(3) }.select { $0.id }
      let found = Person.where { person in
        person.id.in(managers.union(Person.where { $0.managerID == person.id }.select { $0.managerID.coalesce(ID(0)) }))
      }
      try expectEqual(Set(try await found.select { $0.name }.fetchAll(trial.db)), ["Ada", "Linus"])
    },
    ConformanceCase(
      "selecting/intersections and differences",
      unless: { $0.intersectAndExcept ? nil : "the engine has no INTERSECT and EXCEPT" }
    ) { trial in
      try await Person.createAndFill(trial.db)
      let young = Person.where { $0.age < 40 }.select { $0.name }
      let active = Person.where { $0.isActive.isTrue }.select { $0.name }
      try expectEqual(Set(try await active.intersect(young).fetchAll(trial.db)), ["Ada", "Linus"])
      try expectEqual(Set(try await active.except(young).fetchAll(trial.db)), ["Grace"])
    },
    ConformanceCase(
      "selecting/row locks inside a transaction", unless: { $0.rowLocks ? nil : "the engine has no row locks" }
    ) { trial in
      try await Person.createAndFill(trial.db)
      let other = try await trial.open()
      try await trial.db.transaction { tx in
        let locked = try await Person.where { $0.id == ID(1) }.locked().fetchOne(tx)
        try expectEqual(locked.name, "Ada")
        try await expectError(.lockTimeout) {
          try await other.transaction {
            try await Person.where { $0.id == ID(1) }.locked(.update, .noWait).fetchAll($0)
          }
        }
        let rest = try await other.transaction { inner in
          try await Person.all().order { $0.id.ascending() }.locked(.update, .skipLocked).fetchAll(inner)
        }
        try expectEqual(rest.map(\.name), ["Grace", "Linus", "Dennis"])
      }
    },
  ]
}
