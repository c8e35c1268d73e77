import RowanCore

enum OrderingCases {
  static let cases: [ConformanceCase] = [
    ConformanceCase("ordering/up, down and by several terms") { trial in
      try await Person.createAndFill(trial.db)
      try await trial.assertQuery(
        Person.order { $0.score.descending() }.order { $0.name.ascending() }.select { $0.name },
        rows: ["Ada", "Dennis", "Grace", "Linus"])
      try await trial.assertQuery(
        Person.all().order(by: { [$0.isActive.ascending(), $0.name.descending()] }).select { $0.name },
        rows: ["Dennis", "Linus", "Grace", "Ada"])
    },
    ConformanceCase("ordering/NULL first and last, up and down") { trial in
      try await Person.createAndFill(trial.db)
      let nullsFirst = Person.order { $0.age.ascending().nullsFirst() }
      try await trial.assertQuery(nullsFirst.select { $0.age }, rows: [nil, 21, 36, 70])
      try await trial.assertQuery(
        Person.order { $0.age.ascending().nullsLast() }.select { $0.age }, rows: [21, 36, 70, nil])
      try await trial.assertQuery(
        Person.order { $0.age.descending().nullsFirst() }.select { $0.age }, rows: [nil, 70, 36, 21])
      try await trial.assertQuery(
        Person.order { $0.age.descending().nullsLast() }.select { $0.age }, rows: [70, 36, 21, nil])
      try await trial.assertQuery(nullsFirst.order { $0.name.ascending() }.limit(2).select { $0.age }, rows: [nil, 21])
      try trial.assertSQL(
        Person.order { $0.age.ascending().nullsLast() }.select { $0.name }.statement,
        [
          .postgres: #"SELECT t0."name" FROM "people" AS t0 ORDER BY t0."age" NULLS LAST"#,
          .sqlite: #"SELECT t0."name" FROM "people" AS t0 ORDER BY t0."age" NULLS LAST"#,
          .mysql: "SELECT t0.`name` FROM `people` AS t0 ORDER BY t0.`age` IS NULL, t0.`age`",
        ])
    },
    ConformanceCase("ordering/by expressions, with bound values in them") { trial in
      try await Person.createAndFill(trial.db)
      try await trial.assertQuery(
        Person.order { ($0.score * -1).ascending() }.order { $0.id.ascending() }.select { $0.name },
        rows: ["Ada", "Grace", "Dennis", "Linus"])
      try await trial.assertQuery(
        Person.order { $0.age.coalesce(50).descending().nullsLast() }.select { $0.name },
        rows: ["Dennis", "Grace", "Ada", "Linus"])
      try await trial.assertQuery(
        Person.order { $0.name.length().descending() }.order { $0.name.lowercased().ascending() }.select { $0.name },
        rows: ["Dennis", "Grace", "Linus", "Ada"])
    },
    ConformanceCase("ordering/a distinct selection") { trial in
      try await Person.createAndFill(trial.db)
      try await trial.assertQuery(
        Person.order { $0.age.descending().nullsLast() }.select { $0.age }.distinct(), rows: [70, 36, 21, nil])
    },
    ConformanceCase("ordering/by a sub-query") { trial in
      try await Book.createAndFill(trial.db)
      let query = Person.order { person in
        Book.where { $0.authorID == person.id }.select { $0.pages.sum() }.scalar().descending().nullsLast()
      }
      try await trial.assertQuery(
        query.order { $0.id.ascending() }.select { $0.name }, rows: ["Grace", "Ada", "Linus", "Dennis"])
    },
  ]
}
