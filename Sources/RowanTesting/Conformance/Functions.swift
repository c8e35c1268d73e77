import RowanCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

enum FunctionCases {
  private static func number(_ text: String) throws -> Decimal { try expectPresent(Decimal(string: text), text) }

  /// Fills the table of a kind with `values`, by ids from 1.
  private static func fill<Kind: StoredKind>(
    _: Kind.Type, _ values: [(Kind.Value, Kind.Value?)], _ trial: Trial
  ) async throws {
    try await trial.db.createTables([Stored<Kind>.self])
    try await Stored<Kind>.insert(values.enumerated().map { .init(Int64($0.offset + 1), $0.element.0, $0.element.1) })
      .run(trial.db)
  }

  /// What `greatest` or `least` gives beside a `NULL`: the other operand or `NULL`, as the engine has it.
  private static func expectBesideNull<T: Equatable>(
    _ found: T?, _ other: T, _ trial: Trial, line: UInt = #line
  ) throws {
    let null: T? = nil
    let wanted: [EngineName: T?] = [.postgres: other, .sqlite: null, .mysql: null]
    if let wanted = trial.expected(wanted) { return try expectEqual(found, wanted, "beside NULL", line: line) }
    try expect(found == nil || found == other, "beside NULL: found \(String(describing: found))", line: line)
  }

  static let cases: [ConformanceCase] = roundingCases + alternativeCases + extremeCases + caseCases + otherCases

  private static let roundingCases: [ConformanceCase] = [
    ConformanceCase("functions/floor and ceiling of doubles") { trial in
      let values: [(Double, Double?)] = [
        (-1.5, nil), (-1, nil), (-0.25, nil), (0, nil), (0.25, nil), (1.5, nil), (1e300, nil), (-1e300, nil),
        (2.5, -2.5),
      ]
      try await fill(DoubleKind.self, values, trial)
      let rows = Stored<DoubleKind>.order { $0.id.ascending() }
      try await trial.assertQuery(
        rows.select { $0.value.floor() }, rows: [-2, -1, -1, 0, 0, 1, 1e300, -1e300, 2])
      try await trial.assertQuery(
        rows.select { $0.value.ceiling() }, rows: [-1, -1, 0, 0, 1, 2, 1e300, -1e300, 3])
      try await trial.assertQuery(
        rows.where { $0.id > 7 }.select { ($0.maybe.floor(), $0.maybe.ceiling()) }, rows: [(nil, nil), (-3, -2)],
        by: ==)
      try await trial.assertQuery(rows.select { ($0.value * 2 + 0.5).floor() }.limit(2), rows: [-3, -2])
    },
    ConformanceCase("functions/floor and ceiling of integers are the integers") { trial in
      try await fill(IntKind.self, [(7, nil), (-7, -3), (.max, .min + 1)], trial)
      try await trial.assertQuery(
        Stored<IntKind>.order { $0.id.ascending() }.select {
          ($0.value.floor(), $0.value.ceiling(), $0.maybe.floor(), $0.maybe.ceiling())
        },
        rows: [(7, 7, nil, nil), (-7, -7, -3, -3), (.max, .max, .min + 1, .min + 1)], by: ==)
    },
    ConformanceCase("functions/floor and ceiling of decimals are exact or refused") { trial in
      let texts = ["-1.5", "12345678901234567890.0000000001", "3", "-0.1"]
      try await fill(DecimalKind.self, try texts.map { (try number($0), nil) }, trial)
      let rows = Stored<DecimalKind>.order { $0.id.ascending() }
      let down = rows.select { $0.value.floor() }, up = rows.select { $0.value.ceiling() }
      if trial.engine.name == .sqlite {
        try await expectError(.unsupported) { try await down.fetchAll(trial.db) }
        try await expectError(.unsupported) { try await up.fetchAll(trial.db) }
        return
      }
      try await trial.assertQuery(down, rows: try ["-2", "12345678901234567890", "3", "-1"].map { try number($0) })
      try await trial.assertQuery(up, rows: try ["-1", "12345678901234567891", "3", "0"].map { try number($0) })
      try await trial.assertQuery(rows.select { $0.maybe.floor() }.limit(1), rows: [nil])
    },
  ]

  private static let alternativeCases: [ConformanceCase] = [
    ConformanceCase("functions/nullIf of text and numbers") { trial in
      try await Person.createAndFill(trial.db)
      let rows = Person.order { $0.id.ascending() }
      try await trial.assertQuery(
        rows.select { $0.name.nullIf("Grace") },
        sql: [
          .sqlite: #"SELECT nullif(t0."name", ?) FROM "people" AS t0 ORDER BY t0."id""#,
          .postgres: #"SELECT nullif(t0."name", $1) FROM "people" AS t0 ORDER BY t0."id""#,
          .mysql: "SELECT nullif(t0.`name`, ?) FROM `people` AS t0 ORDER BY t0.`id`",
        ],
        rows: ["Ada", nil, "Linus", "Dennis"])
      try await trial.assertQuery(rows.select { $0.name.nullIf("grace") }.limit(2), rows: ["Ada", "Grace"])
      try await trial.assertQuery(rows.select { $0.age.nullIf(36) }, rows: [nil, nil, 21, 70])
      try await trial.assertQuery(rows.select { $0.score.nullIf(8.25) }, rows: [9.5, nil, 7, nil])
      try await trial.assertQuery(rows.select { ($0.score - 10).nullIf(-0.5) }, rows: [nil, -1.75, -3, -1.75])
      try await trial.assertQuery(rows.where { $0.name.nullIf("Ada").isNull }.select { $0.name }, rows: ["Ada"])
    },
    ConformanceCase("functions/nullIf of two expressions") { trial in
      try await fill(IntKind.self, [(7, nil), (-7, -7), (3, 4)], trial)
      let rows = Stored<IntKind>.order { $0.id.ascending() }
      try await trial.assertQuery(rows.select { $0.value.nullIf($0.maybe) }, rows: [7, nil, 3])
      try await trial.assertQuery(rows.select { $0.maybe.nullIf($0.value) }, rows: [nil, nil, 4])
      try await trial.assertQuery(rows.select { $0.value.nullIf($0.value) }, rows: [nil, nil, nil])
    },
    ConformanceCase("functions/nullIf of decimals compares numbers") { trial in
      try await fill(
        DecimalKind.self, [(try number("1.50"), try number("1.5")), (try number("-2.25"), nil)], trial)
      let rows = Stored<DecimalKind>.order { $0.id.ascending() }
      let half = try number("1.5"), quarter = try number("-2.25")
      try await trial.assertQuery(rows.select { $0.value.nullIf(half) }, rows: [nil, quarter])
      try await trial.assertQuery(rows.select { $0.value.nullIf($0.maybe) }, rows: [nil, quarter])
      try await trial.assertQuery(rows.select { ($0.value * 2).nullIf(3) }, rows: [nil, quarter * 2])
    },
  ]

  private static let extremeCases: [ConformanceCase] = [
    ConformanceCase("functions/greatest and least of numbers and text") { trial in
      try await Person.createAndFill(trial.db)
      let rows = Person.order { $0.id.ascending() }
      try await trial.assertQuery(
        rows.select { $0.score.greatest(8.5) },
        sql: [
          .sqlite: #"SELECT max(t0."score", ?) FROM "people" AS t0 ORDER BY t0."id""#,
          .postgres: #"SELECT greatest(t0."score", $1) FROM "people" AS t0 ORDER BY t0."id""#,
          .mysql: "SELECT greatest(t0.`score`, ?) FROM `people` AS t0 ORDER BY t0.`id`",
        ],
        rows: [9.5, 8.5, 8.5, 8.5])
      try await trial.assertQuery(rows.select { $0.score.least(8.5) }, rows: [8.5, 8.25, 7, 8.25])
      try await trial.assertQuery(rows.select { $0.name.greatest("E") }, rows: ["E", "Grace", "Linus", "E"])
      try await trial.assertQuery(rows.select { $0.name.least("E") }, rows: ["Ada", "E", "E", "Dennis"])
      let clamped = rows.select { ($0.age.coalesce(0).greatest(30), $0.age.coalesce(0).least(30).greatest(-1)) }
      try await trial.assertQuery(clamped, rows: [(36, 30), (30, 0), (30, 21), (70, 30)], by: ==)
      try await trial.assertQuery(
        rows.where { $0.score.greatest(8) == 8 }.select { $0.name }, rows: ["Linus"])
    },
    ConformanceCase("functions/greatest and least of two expressions, one of them NULL") { trial in
      try await fill(IntKind.self, [(7, nil), (-7, -3), (3, -4)], trial)
      let rows = Stored<IntKind>.order { $0.id.ascending() }
      let twice = rows.select { ($0.value.greatest($0.value * 2), $0.value.least($0.value * 2)) }
      try await trial.assertQuery(twice, rows: [(14, 7), (-7, -14), (6, 3)], by: ==)
      let found = try await rows.select {
        ($0.value.greatest($0.maybe), $0.maybe.greatest($0.value), $0.value.least($0.maybe), $0.maybe.least($0.value))
      }.fetchAll(trial.db)
      try expectRows(Array(found.dropFirst()), [(-3, -3, -7, -7), (3, 3, -4, -4)], by: ==)
      let first = try expectPresent(found.first)
      for one in [first.0, first.1, first.2, first.3] { try expectBesideNull(one, 7, trial) }
      let bound = try await rows.select { ($0.maybe.greatest(5), $0.maybe.least(5)) }.limit(1).fetchOne(trial.db)
      for one in [bound.0, bound.1] { try expectBesideNull(one, 5, trial) }
    },
    ConformanceCase("functions/greatest and least of decimals compare numbers") { trial in
      let nine = try number("9.5"), ten: Decimal = 10, large = try number("12345678901234567890.0000000001")
      try await fill(DecimalKind.self, [(nine, 10), (-10, -9), (large, large - 1)], trial)
      let rows = Stored<DecimalKind>.order { $0.id.ascending() }
      try await trial.assertQuery(rows.select { $0.value.greatest(10) }, rows: [ten, ten, large])
      try await trial.assertQuery(rows.select { $0.value.least(10) }, rows: [nine, -ten, ten])
      try await trial.assertQuery(rows.select { $0.value.greatest($0.maybe) }, rows: [ten, 1 - ten, large])
      try await trial.assertQuery(rows.select { $0.maybe.least($0.value) }, rows: [nine, -ten, large - 1])
    },
    ConformanceCase("functions/greatest and least of calculated decimals compare numbers") { trial in
      let half = try number("9.5"), ten: Decimal = 10
      try await fill(DecimalKind.self, [(half, nil), (-ten, nil)], trial)
      let rows = Stored<DecimalKind>.order { $0.id.ascending() }
      try await trial.assertQuery(rows.select { ($0.value + 0).greatest($0.value + 1) }, rows: [half + 1, 1 - ten])
      try await trial.assertQuery(rows.select { ($0.value + 0).least($0.value + 1) }, rows: [half, -ten])
      try await trial.assertQuery(rows.select { ($0.value + 0).greatest(10) }, rows: [ten, ten])
    },
  ]

  private static let caseCases: [ConformanceCase] = [
    ConformanceCase("functions/case of values and expressions") { trial in
      try await Person.createAndFill(trial.db)
      let rows = Person.order { $0.id.ascending() }
      try await trial.assertQuery(
        rows.select { when($0.age < 30, then: "young").when($0.age.isNull, then: $0.name).otherwise("old") },
        sql: [
          .sqlite: #"""
          SELECT CASE WHEN t0."age" < ? THEN ? WHEN t0."age" IS NULL THEN t0."name" ELSE ? END FROM "people" AS t0 \#
          ORDER BY t0."id"
          """#,
          .postgres: #"""
          SELECT CASE WHEN t0."age" < $1 THEN $2 WHEN t0."age" IS NULL THEN t0."name" ELSE $3 END FROM "people" AS t0 \#
          ORDER BY t0."id"
          """#,
          .mysql: """
          SELECT CASE WHEN t0.`age` < ? THEN ? WHEN t0.`age` IS NULL THEN t0.`name` ELSE ? END FROM `people` AS t0 \
          ORDER BY t0.`id`
          """,
        ],
        rows: ["old", "Grace", "young", "old"])
      try await trial.assertQuery(
        rows.select { when($0.score > 8, then: $0.score * -2).otherwise(0.5) }, rows: [-19, -16.5, 0.5, -16.5])
      try await trial.assertQuery(
        rows.select { when($0.score > 9, then: true).otherwise(false) }, rows: [true, false, false, false])
    },
    ConformanceCase("functions/case with NULL") { trial in
      try await Person.createAndFill(trial.db)
      let rows = Person.order { $0.id.ascending() }
      try await trial.assertQuery(
        rows.select { when($0.age > 30, then: "old").otherwiseNull() }, rows: ["old", nil, nil, "old"])
      try await trial.assertQuery(
        rows.select { when($0.isActive.isFalse, then: -1).otherwise($0.age) }, rows: [36, nil, 21, -1])
      try await trial.assertQuery(
        rows.select { when($0.isActive.isFalse, then: $0.age).otherwise(0) }, rows: [0, 0, 0, 70])
      try await trial.assertQuery(
        rows.select { when($0.score > 9, then: 1).when($0.score < 8, then: $0.age).otherwiseNull() },
        rows: [1, nil, 21, nil])
      // A comparison with NULL does not hold, nor does its opposite.
      try await trial.assertQuery(
        rows.select { when($0.age > 30, then: 1).when(!($0.age > 30), then: 2).otherwise(3) }, rows: [1, 3, 2, 1])
    },
    ConformanceCase("functions/case in WHERE, ORDER BY, GROUP BY and SET") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      try await trial.assertQuery(
        Person.where { when($0.age.isNull, then: "x").otherwise($0.name) == "x" }.select { $0.name }, rows: ["Grace"])
      try await trial.assertQuery(
        Person.order { when($0.name == "Linus", then: 0).otherwise(1).ascending() }.order { $0.name.ascending() }
          .select { $0.name },
        rows: ["Linus", "Ada", "Dennis", "Grace"])
      let groups = try await Person.all().group { when($0.score > 8, then: "high").otherwise("low") }
        .order { key, _ in key.ascending() }.select { key, row in (key, row.id.count()) }.fetchAll(db)
      try expectRows(groups, [("high", 3), ("low", 1)], by: ==)
      try await Person.update { $0.score = when($0.score > 8, then: 10).otherwise($0.score) }.all.run(db)
      try await trial.assertQuery(Person.order { $0.id.ascending() }.select { $0.score }, rows: [10, 10, 7, 10])
    },
    ConformanceCase("functions/case of decimals") { trial in
      let long = try number("12345678901234567890.0000000001")
      try await fill(DecimalKind.self, [(9, long), (long, nil), (-10, 1)], trial)
      let found = Stored<DecimalKind>.order { $0.id.ascending() }.select {
        when($0.value * 1 > 9, then: $0.value).when($0.value < 0, then: $0.value - 1).otherwise($0.maybe)
      }
      try await trial.assertQuery(found, rows: [long, long, Decimal(-11)])
    },
  ]

  private static let otherCases: [ConformanceCase] = [
    ConformanceCase("functions/now is the database's clock") { trial in
      let db = trial.db
      try await db.createTables([Stamped.self, Stored<DateKind>.self])
      let epoch = Timestamp(microseconds: 0)
      try await Stamped.insert(.init(id: 1, createdAt: epoch)).run(db)
      let before = Timestamp.now()
      let found = try await Stamped.all().select { _ in now() }.fetchOne(db)
      try await Stamped.update { $0.createdAt = now() }.all.run(db)
      let stored = try await Stamped.find(1).fetchOne(db).createdAt
      let after = Timestamp.now()
      for time in [found, stored] {
        // Engines may cut to milliseconds.
        try expect(
          time.microseconds >= before.microseconds - 1000 && time.microseconds <= after.microseconds + 1000,
          "\(time), between \(before) and \(after)")
      }
      try expectEqual(try await Stamped.where { $0.createdAt <= now() }.fetchCount(db), 1)
      try expectEqual(try await Stamped.where { $0.createdAt > now() }.fetchCount(db), 0)
      try await Stored<DateKind>.insert(.init(1, Date(timeIntervalSince1970: 0))).run(db)
      try await Stored<DateKind>.update {
        $0.value = now()
        $0.maybe = now()
      }.all.run(db)
      let dates = try await Stored<DateKind>.find(1).fetchOne(db)
      try expect(dates.value.timeIntervalSince1970 > 1_000_000, "found \(dates.value)")
      try expectEqual(dates.maybe, dates.value)
    },
    ConformanceCase("functions/lag and lead") { trial in
      try await Person.createAndFill(trial.db)
      let rows = Person.order { $0.id.ascending() }
      try await trial.assertQuery(
        rows.select { lag($0.age, order: $0.id.ascending()) },
        sql: [.sqlite: #"SELECT lag(t0."age") OVER (ORDER BY t0."id") FROM "people" AS t0 ORDER BY t0."id""#],
        rows: [nil, 36, nil, 21])
      try await trial.assertQuery(
        rows.select { lead($0.name, order: $0.id.ascending()) }, rows: ["Grace", "Linus", "Dennis", nil])
      let three = rows.limit(3)
      try await trial.assertQuery(
        three.select { lag($0.score, by: 2, order: $0.id.ascending()) }, rows: [nil, nil, 9.5])
      try await trial.assertQuery(
        three.select { lead($0.name, by: 0, order: $0.id.ascending()) }, rows: ["Ada", "Grace", "Linus"])
      try await trial.assertQuery(
        rows.select { lead($0.name, partitionBy: $0.isActive, order: $0.score.descending(), $0.id.ascending()) },
        rows: ["Grace", "Linus", nil, nil])
      try await expectError(.valueOutOfRange) {
        try await rows.select { lag($0.age, by: -1, order: $0.id.ascending()) }.fetchAll(trial.db)
      }
    },
    ConformanceCase("functions/arithmetic with the plain value first") { trial in
      let values = [7, -7, 3, 100]
      try await fill(IntKind.self, values.map { ($0, $0 > 0 ? $0 : nil) }, trial)
      let rows = Stored<IntKind>.order { $0.id.ascending() }
      try await trial.assertQuery(rows.select { 10 - $0.value }, rows: values.map { 10 - $0 })
      try await trial.assertQuery(rows.select { 1 + 2 * $0.value }, rows: values.map { 1 + 2 * $0 })
      try await trial.assertQuery(rows.select { -100 / $0.value }, rows: values.map { -100 / $0 })
      try await trial.assertQuery(rows.select { -100 % $0.value }, rows: values.map { -100 % $0 })
      try await trial.assertQuery(rows.select { 10 - $0.maybe }, rows: [3, nil, 7, -90])
      try await fill(DoubleKind.self, [(0.5, nil), (-4, 2)], trial)
      let doubles = Stored<DoubleKind>.order { $0.id.ascending() }
        .select { (1 / $0.value, 2 * $0.value, 1.5 - $0.maybe) }
      try await trial.assertQuery(doubles, rows: [(2, 1, nil), (-0.25, -8, -0.5)], by: ==)
      try await fill(DecimalKind.self, [(try number("10.5"), nil), (-2, nil)], trial)
      let decimals = Stored<DecimalKind>.order { $0.id.ascending() }
      try await trial.assertQuery(decimals.select { 10 - $0.value }, rows: [try number("-0.5"), Decimal(12)])
      try await trial.assertQuery(decimals.select { 2 * $0.value }, rows: [Decimal(21), Decimal(-4)])
    },
    ConformanceCase("functions/the remainder of two expressions") { trial in
      let values = [7, -7, 3, 100]
      try await fill(IntKind.self, values.map { ($0, $0 > 0 ? 2 : nil) }, trial)
      let rows = Stored<IntKind>.order { $0.id.ascending() }
      try await trial.assertQuery(rows.select { $0.value % ($0.value - 4) }, rows: values.map { $0 % ($0 - 4) })
      try await trial.assertQuery(rows.select { $0.maybe % $0.maybe }, rows: [0, nil, 0, 0])
      try await fill(DoubleKind.self, [(10.5, nil), (-2.5, nil)], trial)
      try await trial.assertQuery(
        Stored<DoubleKind>.order { $0.id.ascending() }.select { $0.value % ($0.value - 4) }, rows: [4, -2.5])
      try await fill(DecimalKind.self, [(try number("10.5"), nil), (try number("-2.5"), nil)], trial)
      try await trial.assertQuery(
        Stored<DecimalKind>.order { $0.id.ascending() }.select { $0.value % ($0.value - 4) },
        rows: [Decimal(4), try number("-2.5")])
    },
    ConformanceCase("functions/arithmetic of small and of unsigned integers") { trial in
      try await fill(Int8Kind.self, [(7, nil), (-7, 3)], trial)
      let small = Stored<Int8Kind>.order { $0.id.ascending() }
        .select { ($0.value + 1, 10 - $0.value, $0.value / 2, $0.value % 4, $0.maybe * 2) }
      try await trial.assertQuery(small, rows: [(8, 3, 3, 3, nil), (-6, 17, -3, -3, 6)], by: ==)
      try await trial.assertQuery(Stored<Int8Kind>.select { $0.value.sum() }, rows: [Int8(0)])
      try await fill(UIntKind.self, [(7, nil), (9, 3)], trial)
      let unsigned = Stored<UIntKind>.order { $0.id.ascending() }
        .select { ($0.value + 1, 10 - $0.value, 2 * $0.value, $0.value % 4, $0.maybe - 1) }
      try await trial.assertQuery(unsigned, rows: [(8, 3, 14, 3, nil), (10, 1, 18, 1, 2)], by: ==)
      try await trial.assertQuery(Stored<UIntKind>.select { $0.value.sum() }, rows: [UInt(16)])
    },
    ConformanceCase("functions/the quotient of unsigned integers is whole") { trial in
      try await fill(UIntKind.self, [(7, nil), (9, 3)], trial)
      let quotients = Stored<UIntKind>.order { $0.id.ascending() }.select { ($0.value / 2, 20 / $0.value) }
      try await trial.assertQuery(quotients, rows: [(3, 2), (4, 2)], by: ==)
      let nested = Stored<UIntKind>.order { $0.id.ascending() }.select { ($0.value + 4) / ($0.value - 3) }
      try await trial.assertQuery(nested, rows: [2, 2])
    },
    ConformanceCase("functions/case of bound values alone has the type of what it is for") { trial in
      try await fill(IntKind.self, [(1, nil), (2, nil)], trial)
      let db = trial.db
      typealias Row = Stored<IntKind>
      func choice(_ a: Int?, _ b: Int?) async throws -> [Int?] {
        try await Row.update { $0.maybe = when($0.id == 1, then: a).otherwise(b) }.all.run(db)
        return try await Row.order { $0.id.ascending() }.select { $0.maybe }.fetchAll(db)
      }
      try expectEqual(try await choice(5, nil), [5, nil])
      try expectEqual(try await choice(nil, nil), [nil, nil])
      try expectEqual(try await choice(nil, 7), [nil, 7])
      let both: Int? = nil
      let found = Row.where { $0.maybe == when($0.id == 2, then: 7).otherwise(8) }.select { $0.id }
      try expectEqual(try await found.fetchAll(db), [2])
      let none = Row.where { $0.maybe == when($0.id == 2, then: both).otherwise(both) }.select { $0.id }
      try expectEqual(try await none.fetchAll(db), [])
    },
    ConformanceCase("functions/lag by more rows than there can be") { trial in
      try await fill(IntKind.self, [(1, nil), (2, nil)], trial)
      let query = Stored<IntKind>.order { $0.id.ascending() }
        .select { lag($0.value, by: 3_000_000_000, order: $0.id.ascending()) }
      try await trial.assertQuery(query, rows: [nil, nil])
    },
  ]
}
