import RowanCore

enum FilteringCases {
  /// The names of the people that satisfy `condition`, by their key.
  private static func names(_ db: Database, _ condition: (Person.Columns) -> Condition) async throws -> [String] {
    try await Person.where(condition).order { $0.id.ascending() }.select { $0.name }.fetchAll(db)
  }

  static let cases: [ConformanceCase] = [
    ConformanceCase("filtering/every comparison with a value") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      try expectEqual(try await names(db) { $0.score == 8.25 }, ["Grace", "Dennis"], "==")
      try expectEqual(try await names(db) { $0.score != 8.25 }, ["Ada", "Linus"], "!=")
      try expectEqual(try await names(db) { $0.score < 8.25 }, ["Linus"], "<")
      try expectEqual(try await names(db) { $0.score <= 8.25 }, ["Grace", "Linus", "Dennis"], "<=")
      try expectEqual(try await names(db) { $0.score > 8.25 }, ["Ada"], ">")
      try expectEqual(try await names(db) { $0.score >= 8.25 }, ["Ada", "Grace", "Dennis"], ">=")
      try expectEqual(try await names(db) { $0.age > 21 }, ["Ada", "Dennis"], "> of an optional")
      try expectEqual(try await names(db) { $0.name == "Ada" }, ["Ada"], "text")
      try expectEqual(try await names(db) { $0.isActive == false }, ["Dennis"], "a truth value")
      try expectEqual(try await names(db) { $0.isActive.isFalse }, ["Dennis"], "isFalse")
    },
    ConformanceCase("filtering/every comparison of two columns") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      try expectEqual(try await names(db) { $0.name == $0.email }, [], "==")
      try expectEqual(try await names(db) { $0.name != $0.email }.count, 4, "!=")
      try expectEqual(try await names(db) { $0.id == $0.managerID }, [], "== with an optional")
      try expectEqual(try await names(db) { $0.managerID == $0.id }, [], "optional ==")
      try expectEqual(try await names(db) { $0.managerID != $0.id }, ["Grace", "Linus", "Dennis"], "optional !=")
      try expectEqual(try await names(db) { $0.managerID < $0.id }, ["Grace", "Linus", "Dennis"], "<")
      try expectEqual(try await names(db) { $0.id > $0.managerID }, ["Grace", "Linus", "Dennis"], ">")
      try expectEqual(try await names(db) { $0.managerID <= $0.id }.count, 3, "<=")
      try expectEqual(try await names(db) { $0.id >= $0.managerID }.count, 3, ">=")
    },
    ConformanceCase("filtering/nil is IS NULL, in a literal and in a variable") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      try trial.assertSQL(
        Person.where { $0.age == nil }.select { $0.name }.statement,
        [
          .sqlite: #"SELECT t0."name" FROM "people" AS t0 WHERE t0."age" IS NULL"#,
          .postgres: #"SELECT t0."name" FROM "people" AS t0 WHERE t0."age" IS NULL"#,
          .mysql: "SELECT t0.`name` FROM `people` AS t0 WHERE t0.`age` IS NULL",
        ])
      try trial.assertSQL(
        Person.where { $0.age != nil }.select { $0.name }.statement,
        [
          .sqlite: #"SELECT t0."name" FROM "people" AS t0 WHERE t0."age" IS NOT NULL"#,
          .postgres: #"SELECT t0."name" FROM "people" AS t0 WHERE t0."age" IS NOT NULL"#,
          .mysql: "SELECT t0.`name` FROM `people` AS t0 WHERE t0.`age` IS NOT NULL",
        ])
      let none: Int? = nil
      try expectEqual(try await names(db) { $0.age == nil }, ["Grace"], "== nil")
      try expectEqual(try await names(db) { $0.age != nil }, ["Ada", "Linus", "Dennis"], "!= nil")
      try expectEqual(try await names(db) { $0.age == none }, ["Grace"], "== a nil variable")
      try expectEqual(try await names(db) { $0.age != none }, ["Ada", "Linus", "Dennis"], "!= a nil variable")
      try expectEqual(try await names(db) { $0.age.isNull }, ["Grace"], "isNull")
      try expectEqual(try await names(db) { $0.age.isNotNull }, ["Ada", "Linus", "Dennis"], "isNotNull")
      try expectEqual(try await names(db) { ($0.age + 1) == nil }, ["Grace"], "an expression == nil")
      try expectEqual(try await names(db) { !($0.age == nil) }, ["Ada", "Linus", "Dennis"], "not == nil")
      let some: Int? = 36
      try expectEqual(try await names(db) { $0.age == some }, ["Ada"], "== a variable")
    },
    ConformanceCase("filtering/nil has no place in an ordering") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      let none: Int? = nil
      try await expectError(.nullComparison) { try await names(db) { $0.age < none } }
      try await expectError(.nullComparison) { try await names(db) { $0.age <= none } }
      try await expectError(.nullComparison) { try await names(db) { $0.age > none } }
      try await expectError(.nullComparison) { try await names(db) { $0.age >= none } }
      try await expectError(.nullComparison) { try await names(db) { $0.age.between(none, and: 3) } }
    },
    ConformanceCase("filtering/null-safe equality") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      try expectEqual(try await names(db) { $0.age != 36 }, ["Linus", "Dennis"], "!= drops NULL")
      try expectEqual(
        try await names(db) { $0.age.isDistinct(from: 36) }, ["Grace", "Linus", "Dennis"], "is distinct keeps it")
      try expectEqual(try await names(db) { $0.age.isNotDistinct(from: 36) }, ["Ada"], "is not distinct")
      try expectEqual(try await names(db) { $0.age.isDistinct(from: nil) }, ["Ada", "Linus", "Dennis"], "from nil")
      try expectEqual(try await names(db) { $0.age.isNotDistinct(from: nil) }, ["Grace"], "not from nil")
      try expectEqual(try await names(db) { $0.id.isDistinct(from: $0.managerID) }.count, 4, "columns")
      try expectEqual(try await names(db) { $0.managerID.isNotDistinct(from: $0.managerID) }.count, 4, "itself")
      try expectEqual(
        try await names(db) { !$0.age.isDistinct(from: 36) }, ["Ada"], "negated")
    },
    ConformanceCase("filtering/lists") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      try expectEqual(try await names(db) { $0.name.in(["Ada", "Linus", "Nobody"]) }, ["Ada", "Linus"])
      try expectEqual(try await names(db) { $0.id.in([ID(4)]) }, ["Dennis"], "one")
      try expectEqual(try await names(db) { $0.id.in([ID(1), ID(2), ID(1)]) }, ["Ada", "Grace"], "twice the same")
      try expectEqual(try await names(db) { $0.id.in([]) }, [], "none")
      try expectEqual(try await names(db) { $0.id.notIn([]) }.count, 4, "not in none")
      try expectEqual(try await names(db) { $0.id.notIn([ID(1), ID(2), ID(3)]) }, ["Dennis"], "not in")
      try expectEqual(try await names(db) { $0.age.in([36, nil]) }, ["Ada", "Grace"], "with nil")
      try expectEqual(try await names(db) { $0.age.in([nil]) }, ["Grace"], "only nil")
      try expectEqual(try await names(db) { $0.age.notIn([36]) }, ["Linus", "Dennis"], "NULL is not in and not out")
      try expectEqual(try await names(db) { $0.age.notIn([36, nil]) }, ["Linus", "Dennis"], "not in, with nil")
      try expectEqual(try await names(db) { $0.score.in([9.5, 7]) }, ["Ada", "Linus"], "doubles")
      try expectEqual(try await names(db) { $0.isActive.in([true, false]) }.count, 4, "truth values")
      try expectEqual(try await names(db) { ($0.id.in([ID(1)]) || $0.id.in([ID(2), ID(3), ID(4)])) }.count, 4, "two")
      try expectEqual(
        try await names(db) { $0.name.lowercased().in(["ada", "grace"]) }, ["Ada", "Grace"], "of an expression")
    },
    ConformanceCase("filtering/lists of every length near a power of two") { trial in
      try await Person.createAndFill(trial.db)
      for count in [1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 1000] {
        let ids = (1...Int64(count)).map { ID<Person, Int64>($0) }
        try expectEqual(try await Person.find(ids).fetchCount(trial.db), Swift.min(count, 4), "find \(count)")
        try expectEqual(
          try await Person.where { $0.id.notIn(ids) }.fetchCount(trial.db), Swift.max(0, 4 - count), "not in \(count)")
      }
    },
    ConformanceCase("filtering/between") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      try expectEqual(try await names(db) { $0.age.between(21, and: 36) }, ["Ada", "Linus"])
      try expectEqual(try await names(db) { !$0.age.between(21, and: 36) }, ["Dennis"], "negated")
      try expectEqual(try await names(db) { $0.age.between(40, and: 30) }, [], "an empty range")
    },
    ConformanceCase("filtering/and, or, not and their precedence") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      try expectEqual(
        try await names(db) { $0.name == "Ada" || $0.name == "Grace" && $0.age == 36 }, ["Ada"], "&& binds tighter")
      try expectEqual(
        try await names(db) { ($0.name == "Ada" || $0.name == "Grace") && $0.age == nil }, ["Grace"], "parentheses")
      try expectEqual(
        try await names(db) { !($0.name == "Ada" || $0.name == "Grace") }, ["Linus", "Dennis"], "!( || )")
      try expectEqual(try await names(db) { !($0.score > 8 && $0.isActive.isTrue) }, ["Linus", "Dennis"], "!( && )")
      try expectEqual(try await names(db) { !(!($0.name == "Ada")) }, ["Ada"], "!!")
      try expectEqual(try await names(db) { _ in .always }.count, 4, "always")
      try expectEqual(try await names(db) { _ in .never }, [], "never")
      try expectEqual(try await names(db) { !($0.name == "Ada") && .always }.count, 3, "&& always")
    },
    ConformanceCase("filtering/conditions put together at run time") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      try expectEqual(try await names(db) { _ in [Condition]().all() }.count, 4, "all of none")
      try expectEqual(try await names(db) { _ in [Condition]().any() }, [], "any of none")
      try expectEqual(try await names(db) { row in ["Ada", "Linus"].map { row.name == $0 }.any() }, ["Ada", "Linus"])
      try expectEqual(try await names(db) { row in [row.score > 8, row.isActive.isTrue].all() }, ["Ada", "Grace"])
      try expectEqual(try await names(db) { row in [[row.score > 8].all(), row.age == nil].any() }.count, 3, "nested")
      try expectEqual(try await names(db) { row in ![row.score > 8, row.age == 21].any() }, [], "negated")
    },
    ConformanceCase("filtering/patterns") { trial in
      let db = trial.db
      try await db.createTables([LogLine.self])
      let texts = [
        "Alpha", "alphabet", "100%", "100 percent", "snake_case", "snakeXcase", #"back\slash"#, "ALPHA", "it's", "a*b",
        "a?b", "[a]",
      ]
      try await LogLine.insert(texts.enumerated().map { .init($0.offset, $0.element) }).run(db)
      func found(_ condition: (LogLine.Columns) -> Condition) async throws -> [String] {
        try await LogLine.where(condition).order { $0.level.ascending() }.select { $0.text }.fetchAll(db)
      }
      try expectEqual(try await found { $0.text.hasPrefix("Alpha") }, ["Alpha"], "prefix")
      try expectEqual(try await found { $0.text.hasPrefix("alpha") }, ["alphabet"], "prefix, another case")
      try expectEqual(
        try await found { $0.text.hasPrefix("alpha", caseInsensitive: true) }, ["Alpha", "alphabet", "ALPHA"],
        "prefix, any case")
      try expectEqual(try await found { $0.text.hasSuffix("case") }, ["snake_case", "snakeXcase"], "suffix")
      try expectEqual(try await found { $0.text.hasSuffix("_case") }, ["snake_case"], "_ is literal")
      try expectEqual(try await found { $0.text.contains("%") }, ["100%"], "% is literal")
      try expectEqual(try await found { $0.text.contains(#"\"#) }, [#"back\slash"#], #"\ is literal"#)
      try expectEqual(try await found { $0.text.contains("'") }, ["it's"], "'")
      try expectEqual(try await found { $0.text.contains("a*") }, ["a*b"], "* is literal")
      try expectEqual(try await found { $0.text.contains("?") }, ["a?b"], "? is literal")
      try expectEqual(try await found { $0.text.contains("[a]") }, ["[a]"], "[ is literal")
      try expectEqual(try await found { $0.text.contains("LPH") }, ["ALPHA"], "contains")
      try expectEqual(
        try await found { $0.text.contains("LPH", caseInsensitive: true) }, ["Alpha", "alphabet", "ALPHA"], "any case")
      try expectEqual(try await found { $0.text.contains("") }.count, texts.count, "the empty text")
      try expectEqual(try await found { $0.text.hasPrefix("") }.count, texts.count, "the empty prefix")
      try expectEqual(try await found { $0.text.like("%case") }, ["snake_case", "snakeXcase"], "like %")
      try expectEqual(try await found { $0.text.like("snake_case") }, ["snake_case", "snakeXcase"], "like _")
      try expectEqual(try await found { $0.text.like(#"snake\_case"#) }, ["snake_case"], #"like \_"#)
      try expectEqual(try await found { $0.text.like(#"100\%"#) }, ["100%"], #"like \%"#)
      try expectEqual(try await found { $0.text.like(#"back\\slash"#) }, [#"back\slash"#], #"like \\"#)
      try expectEqual(try await found { $0.text.like("alpha%") }, ["alphabet"], "like, case")
      try expectEqual(
        try await found { $0.text.like("alpha%", caseInsensitive: true) }, ["Alpha", "alphabet", "ALPHA"],
        "like, any case")
      try expectEqual(try await found { $0.text.like("a*b") }, ["a*b"], "like *")
      try expectEqual(try await found { $0.text.like("[a]") }, ["[a]"], "like [")
      try expectEqual(
        try await found { !$0.text.like("%a%", caseInsensitive: true) }, ["100%", "100 percent", "it's"], "not like")
      try expectEqual(try await found { !$0.text.hasPrefix("a") }.count, texts.count - 3, "not prefix")
    },
    ConformanceCase("filtering/a pattern that ends with its escape is a typed error") { trial in
      try await trial.db.createTables([LogLine.self])
      // An engine that takes patterns as they are sees the escape only in a text that matches what is before it, and
      // goes on after it.
      try await LogLine.insert(.init(1, #"a\"#)).run(trial.db)
      let codes: [EngineName: RowanError.Code] = [
        .sqlite: .encodingFailed, .mysql: .encodingFailed, .postgres: .valueOutOfRange,
      ]
      for caseInsensitive in [false, true] {
        let error = try await expectError(.encodingFailed, .valueOutOfRange) {
          try await LogLine.where { $0.text.like(#"a\"#, caseInsensitive: caseInsensitive) }.fetchAll(trial.db)
        }
        if let code = trial.expected(codes) { try expectEqual(error.code, code) }
      }
      try await trial.assertQuery(LogLine.where { $0.text.like(#"a\\"#) }.select { $0.level }, rows: [1])
    },
    ConformanceCase("filtering/text functions") { trial in
      try await Person.createAndFill(trial.db)
      let ada = Person.where { $0.id == ID(1) }
      try await trial.assertQuery(
        ada.select { ($0.name.lowercased(), $0.name.uppercased()) }, rows: [("ada", "ADA")], by: ==)
      try await trial.assertQuery(ada.select { $0.name.length() }, rows: [3])
      try await trial.assertQuery(ada.select { $0.name.substring(from: 2, count: 2) }, rows: ["da"])
      try await trial.assertQuery(ada.select { $0.name.replacing("d", with: "mand") }, rows: ["Amanda"])
      try await trial.assertQuery(ada.select { $0.name + "!" }, rows: ["Ada!"])
      try await trial.assertQuery(ada.select { $0.name + $0.email }, rows: ["AdaAda@example.com"])
      try await Person.update { $0.name = "  \u{1F600}é  " }.where { $0.id == ID(1) }.run(trial.db)
      try await trial.assertQuery(
        ada.select { ($0.name.trimmed(), $0.name.length()) }, rows: [("\u{1F600}é", 6)], by: ==)
      try await trial.assertQuery(
        Person.where { $0.name.length() > 5 }.order { $0.id.ascending() }.select { $0.email.length() }, rows: [15, 18])
    },
    ConformanceCase("filtering/number functions and arithmetic") { trial in
      try await Person.createAndFill(trial.db)
      let linus = Person.where { $0.id == ID(3) }
      try await trial.assertQuery(
        linus.select { ($0.age + 1, $0.age - 1, $0.age * 2, $0.age / 2, $0.age % 4) }, rows: [(22, 20, 42, 10, 1)],
        by: ==)
      try await trial.assertQuery(linus.select { ($0.score + $0.score, $0.score / 2) }, rows: [(14, 3.5)], by: ==)
      try await trial.assertQuery(linus.select { ($0.age - 30).absolute() }, rows: [9])
      try await trial.assertQuery(Person.where { $0.id == ID(2) }.select { $0.score.rounded() }, rows: [8])
      try await trial.assertQuery(linus.select { ($0.age + 1) * 2 }, rows: [44])
      try await trial.assertQuery(linus.select { $0.age + ($0.age * 2) }, rows: [63])
      try await trial.assertQuery(linus.select { ($0.age - ($0.age - 1)) }, rows: [1])
      try await trial.assertQuery(Person.where { $0.age * 2 == 42 }.select { $0.name }, rows: ["Linus"])
      try await trial.assertQuery(
        Person.where { $0.age * 2 > 50 || $0.age == nil }.order { $0.id.ascending() }.select { $0.name },
        rows: ["Ada", "Grace", "Dennis"])
    },
    ConformanceCase("filtering/coalesce, cast and casts of conditions") { trial in
      try await Person.createAndFill(trial.db)
      let ordered = Person.order { $0.id.ascending() }
      try await trial.assertQuery(ordered.select { $0.age.coalesce(-1) }, rows: [36, -1, 21, 70])
      try await trial.assertQuery(
        ordered.select { $0.managerID.coalesce($0.id) }, rows: [1, 1, 1, 3].map { ID<Person, Int64>($0) })
      try await trial.assertQuery(ordered.limit(1).select { $0.age.cast(to: String?.self) }, rows: ["36"])
      try await trial.assertQuery(
        Person.where { $0.age.coalesce(0) < 30 }.order { $0.id.ascending() }.select { $0.name },
        rows: ["Grace", "Linus"])
    },
    ConformanceCase("filtering/deep and long conditions") { trial in
      try await Person.createAndFill(trial.db)
      let many = try await names(trial.db) { row in (0..<300).map { row.id == ID(Int64($0)) }.any() }
      try expectEqual(many.count, 4)
      func nested(_ levels: Int, _ row: Person.Columns) -> Condition {
        (0..<levels).reduce(row.id == ID(1)) { inner, level in
          level.isMultiple(of: 2) ? [inner, row.score < 0].any() : [inner, row.score > 0].all()
        }
      }
      try await expectError(.nestingTooDeep) { try await names(trial.db) { nested(5000, $0) } }
      try expectEqual(try await names(trial.db) { nested(30, $0) }, ["Ada"])
    },
  ]
}
