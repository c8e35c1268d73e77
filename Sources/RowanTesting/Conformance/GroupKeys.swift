import RowanCore

/// Grouping keys that are expressions with bound values in them, wherever a grouped query may say them again. An engine
/// that counts its placeholders takes the second saying for another expression.
enum GroupKeyCases {
  // 120, 80, 300 and 200 pages: in hundreds, 1, 0, 3 and 2; by 100, 20, 80, 0 and 0 are left.
  private static func remainders() -> Group1<Computed<Int>, Book> { Book.all().group { $0.pages % 100 } }
  private static func long() -> Group1<Computed<Bool>, Book> { Book.all().group { Computed(($0.pages > 150).expr) } }

  static let cases: [ConformanceCase] = [
    ConformanceCase("group keys/in having") { trial in
      try await Book.createAndFill(trial.db)
      let some = remainders().having { key, _ in key < 50 }
      try await trial.assertQuery(
        some.order { _, row in row.id.count().ascending() }.select { _, row in row.id.count() }, rows: [1, 2])
      try await trial.assertQuery(
        some.having { key, row in row.id.count() > 1 && key != 20 }.select { key, row in (key, row.id.count()) },
        rows: [(0, 2)], by: ==)
      try await trial.assertQuery(
        remainders().having { key, _ in key.in([20, 80]) && key + 1 > 21 }.select { key, _ in key }, rows: [80])
      try await trial.assertQuery(
        long().having { key, _ in key.isTrue }.select { _, row in row.pages.sum() }, rows: [500])
      try await trial.assertQuery(
        long().having { key, _ in key.isFalse }.select { key, row in (key, row.pages.sum()) }, rows: [(false, 200)],
        by: ==)
      try await trial.assertQuery(
        Book.all().group { ($0.pages % 100, $0.pages % 3) }
          .having { key, row in key.1 == 0 && key.0 < 50 }.order { key, _ in key.0.descending() }
          .select { _, row in row.title.min() }, rows: ["Engines", "Compilers"])
    },
    ConformanceCase("group keys/in order, selected or not") { trial in
      try await Book.createAndFill(trial.db)
      try await trial.assertQuery(
        remainders().order { key, _ in key.descending() }.select { _, row in row.id.count() }, rows: [1, 1, 2])
      try await trial.assertQuery(
        remainders().order { key, _ in (key * 3 % 200).ascending().nullsLast() }.select { key, _ in key },
        rows: [0, 80, 20].sorted { $0 * 3 % 200 < $1 * 3 % 200 })
      try await trial.assertQuery(
        remainders().order { key, _ in key.ascending().nullsLast() }.select { _, row in row.pages.max() },
        rows: [300, 120, 80])
    },
    ConformanceCase("group keys/as part of what is selected") { trial in
      try await Book.createAndFill(trial.db)
      let doubled = remainders().order { key, _ in key.ascending() }.select { key, row in (key * 2 + 1, row.id.count())
      }
      try await trial.assertQuery(doubled, rows: [(1, 2), (41, 1), (161, 1)], by: ==)
      let texts = Book.all().group { $0.price.coalesce(1) }.order { key, _ in key.ascending() }
        .select { key, row in (key, key + 1, row.id.count()) }
      try await trial.assertQuery(texts, rows: [(1, 2, 1), (9, 10, 1), (15, 16, 1), (20, 21, 1)], by: ==)
    },
    ConformanceCase("group keys/in aggregates and over windows") { trial in
      try await Book.createAndFill(trial.db)
      try await trial.assertQuery(
        remainders().having { key, _ in key.max() > 50 }.select { key, _ in (key.sum(), key.countDistinct()) },
        rows: [(80, 1)], by: ==)
      try await trial.assertQuery(
        remainders().order { key, _ in key.ascending() }
          .select { key, _ in (key, rank(order: key.descending()), rowNumber(partitionBy: key, order: key.ascending()))
          },
        rows: [(0, 3, 1), (20, 2, 1), (80, 1, 1)], by: ==)
    },
    ConformanceCase("group keys/in a query inside the grouped one") { trial in
      try await Book.createAndFill(trial.db)
      let matched = remainders().having { key, _ in
        Book.where { $0.pages - 40 == key }.exists()
          || Book.where { $0.pages % 7 == 6 && $0.pages > key + 220 }.exists()
      }
      try await trial.assertQuery(
        matched.order { key, _ in key.ascending() }.select { key, row in (key, row.id.count()) },
        rows: [(0, 2), (20, 1), (80, 1)], by: ==)
      try await trial.assertQuery(
        long().having { key, _ in Book.where { Computed(($0.pages > 250).expr) == key }.exists() && key.isTrue }
          .select { _, row in row.id.count() }, rows: [2])
      try await trial.assertQuery(
        remainders().order { key, _ in key.ascending() }
          .select { key, _ in (key, Book.where { $0.pages > key + 100 }.select { $0.id.count() }.scalar()) },
        rows: [(0, 3), (20, 2), (80, 2)], by: ==)
    },
    ConformanceCase("group keys/of a query that is counted, or kept outside and refined inside another") { trial in
      try await Book.createAndFill(trial.db)
      let some = remainders().having { key, _ in key < 50 }.order { key, _ in key.ascending() }
      try expectEqual(try await some.select { key, _ in key + 5 }.fetchCount(trial.db), 2)
      let groups = remainders()
      let query = Book.where { book in
        (book.pages % 100).in(groups.having { key, row in key < 50 && row.id.count() > 1 }.select { key, _ in key })
      }
      try await trial.assertQuery(
        query.order { $0.id.ascending() }.select { $0.title }, rows: ["Compilers", "Kernels"])
      let correlated = Person.where { person in
        (person.age.coalesce(0) - 35).in(
          groups.having { key, _ in key == person.age.coalesce(0) - 16 }.select { _, row in row.id.count() })
      }
      try await trial.assertQuery(correlated.select { $0.name }, rows: ["Ada"])
    },
    ConformanceCase("group keys/of the same shape share a compiled statement, not values") { trial in
      try await Book.createAndFill(trial.db)
      for divisor in [100, 7, 2] {
        let expected = Set([120, 80, 300, 200].map { $0 % divisor }.filter { $0 < 5 })
        let found = try await Book.all().group { $0.pages % divisor }.having { key, _ in key < 5 }
          .select { key, _ in key }.fetchAll(trial.db)
        try expectEqual(Set(found), expected)
        try expectEqual(found.count, expected.count)
      }
    },
  ]
}
