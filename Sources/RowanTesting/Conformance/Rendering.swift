import RowanCore

enum RenderingCases {
  /// What a statement is rendered as: the text for each engine, and the values, which are the same for all.
  private static func expect(
    _ found: RenderedSQL, _ sql: [EngineName: String], binds: [SQLValue], _ trial: Trial, line: UInt = #line
  ) throws {
    if let wanted = trial.expected(sql) { try expectEqual(found.text, wanted, "SQL", line: line) }
    try expectEqual(found.binds, binds, "bound values", line: line)
  }

  static let cases: [ConformanceCase] = [
    ConformanceCase("rendering/updates, deletes and SQL written by hand") { trial in
      let dialect = trial.db.dialect
      let update = Person.update {
        $0.name = "x"
        $0.age = nil
        $0.score = 2 * $0.score
      }
      try expect(
        try update.where { $0.id == ID(1) }.sql(for: dialect),
        [
          .sqlite: #"""
          UPDATE "people" SET "name" = ?, "age" = ?, "score" = ? * "people"."score" WHERE "people"."id" = ?
          """#,
          .postgres: #"""
          UPDATE "people" SET "name" = $1, "age" = $2, "score" = $3 * "people"."score" WHERE "people"."id" = $4
          """#,
          .mysql: """
          UPDATE `people` SET `name` = ?, `age` = ?, `score` = ? * `people`.`score` WHERE `people`.`id` = ?
          """,
        ],
        binds: [.text("x"), .null, .double(2), .int(1)], trial)
      try expect(
        try Person.delete().where { $0.score < 8 && $0.name != "it's" }.sql(for: dialect),
        [
          .sqlite: #"DELETE FROM "people" WHERE "people"."score" < ? AND "people"."name" <> ?"#,
          .postgres: #"DELETE FROM "people" WHERE "people"."score" < $1 AND "people"."name" <> $2"#,
          .mysql: "DELETE FROM `people` WHERE `people`.`score` < ? AND `people`.`name` <> ?",
        ],
        binds: [.double(8), .text("it's")], trial)
      let name = "x"
      try expect(
        try SQL("UPDATE \(identifier: "people") SET name = \(name) WHERE id = \(Int64(7))").sql(for: dialect),
        [
          .sqlite: #"UPDATE "people" SET name = ? WHERE id = ?"#,
          .postgres: #"UPDATE "people" SET name = $1 WHERE id = $2"#,
          .mysql: "UPDATE `people` SET name = ? WHERE id = ?",
        ],
        binds: [.text("x"), .int(7)], trial)
      try await expectError(.missingWhere) { try Person.delete().sql(for: dialect) }
    },
    ConformanceCase("rendering/records' updates and deletes are what is sent") { trial in
      let db = trial.db
      try await db.createTables([Setting.self])
      try await Setting.insert(.init("theme", "dark")).run(db)
      let recorder = SQLRecorder(db)
      let old = try await Setting.find(ID("theme")).fetchOne(db)
      var new = old
      new.value = "light"
      let update = try expectPresent(try Setting.update(new).sql(for: db.dialect))
      try expect(
        update,
        [
          .sqlite: #"UPDATE "settings" SET "value" = ? WHERE "settings"."id" = ?"#,
          .postgres: #"UPDATE "settings" SET "value" = $1 WHERE "settings"."id" = $2"#,
          .mysql: "UPDATE `settings` SET `value` = ? WHERE `settings`.`id` = ?",
        ],
        binds: [.text("light"), .text("theme")], trial)
      try expectEqual(try Setting.update(new, since: old).sql(for: db.dialect), update, "what differs")
      try expectEqual(try Setting.update(old, since: old).sql(for: db.dialect), nil, "nothing differs")
      let delete = try Setting.delete(new).sql(for: db.dialect)
      try expect(
        delete,
        [
          .sqlite: #"DELETE FROM "settings" WHERE "settings"."id" = ?"#,
          .postgres: #"DELETE FROM "settings" WHERE "settings"."id" = $1"#,
          .mysql: "DELETE FROM `settings` WHERE `settings`.`id` = ?",
        ],
        binds: [.text("theme")], trial)
      try await Setting.update(new).run(db)
      try await Setting.delete(new).run(db)
      let sent = await recorder.statements(atLeast: 3)
      try expectEqual(Array(sent.suffix(2)), [update.text, delete.text], "sent")
    },
    ConformanceCase("rendering/saves are what is sent first") { trial in
      let db = trial.db
      try await db.createTables([Setting.self])
      try await Person.createAndFill(db)
      try await Setting.insert(.init("theme", "dark")).run(db)
      var theme = try await Setting.find(ID("theme")).fetchOne(db)
      theme.value = "light"
      let upsert = try Setting.save(theme).sql(for: db.dialect)
      try expect(
        upsert,
        [
          .sqlite: #"""
          INSERT INTO "settings" ("id", "value") VALUES (?, ?) ON CONFLICT ("id") DO UPDATE SET \#
          "value" = excluded."value"
          """#,
          .postgres: #"""
          INSERT INTO "settings" ("id", "value") VALUES ($1, $2) ON CONFLICT ("id") DO UPDATE SET \#
          "value" = excluded."value"
          """#,
          .mysql: """
          INSERT INTO `settings` (`id`, `value`) VALUES (?, ?) ON DUPLICATE KEY UPDATE `value` = VALUES(`value`)
          """,
        ],
        binds: [.text("theme"), .text("light")], trial)
      var dennis = try await Person.find(ID(4)).fetchOne(db)
      dennis.score = 9
      // Besides the key, the e-mail is unique: where the engine cannot name the key that decides, it updates by key.
      let save = try Person.save(dennis).sql(for: db.dialect)
      let values: [SQLValue] = [
        .text("Dennis"), .text("Dennis@example.com"), .int(70), .double(9), .bool(false), .int(3),
      ]
      try expectEqual(save.binds, trial.capabilities.conflictTarget ? [.int(4)] + values : values + [.int(4)], "binds")
      let recorder = SQLRecorder(db)
      try await Setting.save(theme).run(db)
      try await Person.save(dennis).run(db)
      let sent = await recorder.statements(atLeast: 2)
      try expectEqual(sent, [upsert.text, save.text], "sent")
    },
    ConformanceCase("rendering/writes that give their rows back") { trial in
      let dialect = trial.db.dialect, capabilities = trial.capabilities
      let update = Setting.update { $0.value = "x" }.where { $0.id == ID("a") }.returning()
      if capabilities.updateReturning {
        try expect(
          try update.sql(for: dialect),
          [
            .sqlite: #"""
            UPDATE "settings" SET "value" = ? WHERE "settings"."id" = ? RETURNING "settings"."id", "settings"."value"
            """#,
            .postgres: #"""
            UPDATE "settings" SET "value" = $1 WHERE "settings"."id" = $2 RETURNING "settings"."id", "settings"."value"
            """#,
          ],
          binds: [.text("x"), .text("a")], trial)
      } else {
        try await expectError(.unsupported) { try update.sql(for: dialect) }
      }
      let delete = Setting.delete().where { $0.id == ID("a") }.returning()
      if capabilities.deleteReturning {
        let found = try delete.sql(for: dialect)
        try RowanTesting.expect(found.text.contains("RETURNING"), found.text)
        try expectEqual(found.binds, [.text("a")])
      } else {
        try await expectError(.unsupported) { try delete.sql(for: dialect) }
      }
      let inserts = try Setting.insert([.init("a", "x"), .init("b", "y")]).returning().sql(for: dialect)
      try expectEqual(inserts.map(\.binds), [[.text("a"), .text("x")], [.text("b"), .text("y")]])
      for insert in inserts {
        try expectEqual(insert.text.contains("RETURNING"), capabilities.insertReturning, insert.text)
      }
    },
  ]
}
