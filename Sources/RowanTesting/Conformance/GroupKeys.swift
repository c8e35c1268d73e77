import RowanCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

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
        rows: [0, 80, 20])
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
    ConformanceCase(
      "group keys/of outer columns alone",
      unless: { $0.correlatedOrder ? nil : "the engine does not group by outer columns" }
    ) { trial in
      try await Book.createAndFill(trial.db)
      let counts = Person.all().order { $0.id.ascending() }.select { person in
        (
          person.name,
          Book.all().group { _ in person.age.coalesce(0) % 7 }.having { key, _ in key > 0 }
            .select { _, row in row.id.count() }.limit(1).scalar()
        )
      }
      let ages = try await Person.all().order { $0.id.ascending() }.fetchAll(trial.db)
      let expected = ages.map { ($0.name, ($0.age ?? 0) % 7 > 0 ? 4 : Int?.none) }
      try await trial.assertQuery(counts, rows: expected, by: ==)
    },
    ConformanceCase(
      "group keys/that group a query inside HAVING",
      unless: { $0.correlatedGroupKeys ? nil : "the engine does not group by outer keys" }
    ) { trial in
      try await Book.createAndFill(trial.db)
      // No book has a thousand pages, with the key or without: all four are one group.
      let found = remainders().having { key, _ in
        (key * 0 + 4).in(
          Book.all().group { ($0.pages + key) / 1000 }.having { _, row in row.pages.max() > 100 }
            .select { _, row in row.id.count() })
      }
      try await trial.assertQuery(
        found.order { key, _ in key.ascending() }.select { key, _ in key }, rows: [0, 20, 80])
    },
    ConformanceCase("group keys/in aggregates of an inner query, and inner queries in aggregates") { trial in
      try await Book.createAndFill(trial.db)
      // 700 pages in all, and four times the key.
      let above = remainders().having { key, _ in
        Book.all().select { ($0.pages + key).sum() }.scalar() > 750
      }
      try await trial.assertQuery(above.order { key, _ in key.ascending() }.select { key, _ in key }, rows: [20, 80])
      let both = remainders().having { key, _ in Book.where { $0.id == ID(1) }.select { _ in key.max() }.scalar() > 50 }
      try await trial.assertQuery(both.select { key, _ in key }, rows: [80])
      let matched = remainders().having { key, row in
        row.id.count().in(Book.all().select { _ in key - 79 }) || row.id.count().in(Book.all().select { _ in key + 2 })
      }
      try await trial.assertQuery(
        matched.order { key, _ in key.ascending() }.select { key, _ in key }, rows: [0, 80])
      let keys = remainders().having { key, row in (row.id.count() * 0 + 80).in(Book.all().select { _ in key }) }
      try await trial.assertQuery(keys.select { key, _ in key }, rows: [80])
      let listed = remainders().having { key, _ in
        key.in(Book.where { $0.id < ID(3) }.select { $0.pages - 100 })
      }
      try await trial.assertQuery(listed.select { key, row in (key, row.id.count()) }, rows: [(20, 1)], by: ==)
      let most = remainders().having { _, row in row.pages.max().in(Book.all().select { $0.pages.max() }) }
      try await trial.assertQuery(most.select { key, _ in key }, rows: [0])
      let arms = remainders().having { key, row in
        (row.id.count() * 0 + 80).in(
          Book.where { $0.id < ID(0) }.select { $0.pages }.union(Book.all().select { _ in key }))
      }
      try await trial.assertQuery(arms.select { key, _ in key }, rows: [80])
      let latest = Book.all().select { $0.pages.max() }.scalar().coalesce(0)
      let fromLatest = Person.where { person in
        person.id.in(Book.all().order { ($0.pages - latest).descending() }.limit(1).select { $0.authorID })
      }
      try await trial.assertQuery(fromLatest.select { $0.name }, rows: ["Grace"])
    },
    ConformanceCase("group keys/in SQL written by hand") { trial in
      try await Book.createAndFill(trial.db)
      let between = remainders().having { key, _ in SQL("\(key) BETWEEN 10 AND 50").condition }
      try await trial.assertQuery(between.select { key, _ in key }, rows: [20])
      let inner = remainders().having { key, _ in
        Book.where { book in SQL("\(book.pages) - 40 = \(key)").condition }.exists()
      }
      try await trial.assertQuery(inner.select { key, _ in key }, rows: [80])
    },
    ConformanceCase("group keys/in sets that are ordered by them") { trial in
      try await Book.createAndFill(trial.db)
      // By 7, 120 pages leave the least; by 13, 300 do.
      func least(by divisor: Int) -> ScalarQuery<Int> {
        Book.all().group { ($0.pages, $0.pages % divisor) }.order { key, _ in (key.1 + 0).ascending() }
          .select { key, _ in key.0 }.union(Book.all().select { $0.pages }).limit(1)
      }
      try await trial.assertQuery(
        Book.where { $0.pages.in(least(by: 7)) || $0.pages.in(least(by: 13)) }.order { $0.id.ascending() }
          .select { $0.title }, rows: ["Engines", "Compilers"])
      let prices = Book.all().order { $0.price.coalesce(1).ascending().nullsLast() }.select { $0.price.coalesce(1) }
        .union(Book.where { $0.id < ID(0) }.select { $0.price.coalesce(2) })
      try await trial.assertQuery(prices, rows: [1, 9, 15, 20])
      // By 7 they leave 1, 3, 6 and 4; by 13 3, 2, 1 and 5.
      let pages = Book.all().order { ($0.pages % 7).ascending() }.select { ($0.pages, $0.pages % 13) }
        .union(Book.where { $0.id < ID(0) }.select { ($0.pages, $0.pages) })
      try await trial.assertQuery(pages, rows: [(120, 3), (80, 2), (200, 5), (300, 1)], by: ==)
      // Deeper than what is looked at on any thread's stack.
      func deep(_ pages: Column<Book, Int>, _ divisor: Int) -> Computed<Int> {
        (0..<80).reduce(pages % divisor) { sum, _ in sum + 0 }
      }
      let below = Book.all().order { deep($0.pages, 7).ascending() }.select { ($0.pages, deep($0.pages, 13)) }
        .union(Book.where { $0.id < ID(0) }.select { ($0.pages, $0.pages) })
      try await trial.assertQuery(below, rows: [(120, 3), (80, 2), (200, 5), (300, 1)], by: ==)
      let selected = Book.all().order { deep($0.pages, 13).ascending() }.select { deep($0.pages, 13) }
        .union(Book.where { $0.id < ID(0) }.select { $0.pages })
      try await trial.assertQuery(selected, rows: [1, 2, 3, 5])
      let constant = Book.all().order { Computed<Bool>($0.id.notIn([]).expr).ascending() }.order {
        $0.pages.descending()
      }
      .select { $0.pages }.union(Book.where { $0.id < ID(0) }.select { $0.pages })
      try await trial.assertQuery(constant, rows: [300, 200, 120, 80])
      let first = Book.all().order { Computed<Bool>($0.id.in([]).expr).descending() }.order { $0.id.ascending() }
        .select { (Computed<Bool>($0.id.in([]).expr), $0.id) }
        .union(Book.where { $0.pages > 250 }.select { (Computed<Bool>(($0.pages > 250).expr), $0.id) })
      try await trial.assertQuery(
        first, rows: [(true, ID(3)), (false, ID(1)), (false, ID(2)), (false, ID(3)), (false, ID(4))], by: ==)
    },
    ConformanceCase("group keys/that hold a grouped query of their own") { trial in
      try await Book.createAndFill(trial.db)
      let query = Book.all().group { _ in
        remainders().having { key, _ in key < 50 }.order { key, _ in key.descending() }
          .select { key, row in key * 10 + row.id.count() }.limit(1).scalar()
      }
      try await trial.assertQuery(
        query.having { key, _ in key > 200 }.order { key, _ in key.ascending() }
          .select { key, row in (key, row.id.count()) }, rows: [(201, 4)], by: ==)
    },
    ConformanceCase("group keys/of every kind") { trial in
      try await grouped(IntKind.self, 1, 2, trial)
      try await grouped(UInt64Kind.self, 1, 1 << 62, trial)
      try await grouped(DoubleKind.self, 0.5, 2.25, trial)
      try await grouped(DecimalKind.self, 9, 10, trial)
      try await grouped(StringKind.self, "a", "b", trial)
      try await grouped(BytesKind.self, [1, 2], [1, 3], trial)
      try await grouped(UUIDKind.self, uuid(1), uuid(2), trial)
      try await grouped(TimestampKind.self, Timestamp(microseconds: 1), Timestamp(microseconds: 1_000_000), trial)
      try await grouped(CalendarDateKind.self, CalendarDate(days: 9), CalendarDate(days: 10_000), trial)
      try await grouped(TimeOfDayKind.self, TimeOfDay(microseconds: 9), TimeOfDay(microseconds: 10_000_000), trial)
      try await grouped(BoolKind.self, false, true, trial)
    },
    ConformanceCase("group keys/that are constant") { trial in
      try await Book.createAndFill(trial.db)
      let none = Book.all().group { Computed<Bool>($0.id.in([]).expr) }
      try await trial.assertQuery(none.select { key, row in (key, row.id.count()) }, rows: [(false, 4)], by: ==)
      let all = Book.all().group { Computed<Bool>($0.id.notIn([]).expr) }.order { key, _ in key.ascending() }
      try await trial.assertQuery(all.select { key, row in (key, row.id.count()) }, rows: [(true, 4)], by: ==)
      let compound = Book.all().group { Computed<Bool>(($0.id.in([]) && $0.price.isNull).expr) }
        .having { key, _ in key.isFalse }.order { key, _ in key.ascending() }
      try await trial.assertQuery(compound.select { key, row in (key, row.id.count()) }, rows: [(false, 4)], by: ==)
      let distinct = Book.all().order { Computed<Bool>($0.id.in([]).expr).ascending() }.select { $0.pages }.distinct()
      try expectEqual(try await distinct.fetchAll(trial.db).sorted(), [80, 120, 200, 300])
      let never = Book.all().order { Computed<Bool>(($0.id.in([]) && $0.pages > 100).expr).ascending() }
        .order { $0.id.descending() }
      try await trial.assertQuery(never.select { $0.pages }, rows: [200, 300, 80, 120])
    },
  ]

  private static func uuid(_ last: UInt8) -> UUID {
    UUID(uuid: (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, last))
  }

  /// Three rows with the smaller value, given or put in, and one with the greater.
  private static func grouped<Kind: StoredKind>(
    _: Kind.Type, _ low: Kind.Value, _ high: Kind.Value, _ trial: Trial
  ) async throws where Kind.Value: Equatable {
    typealias Rows = Stored<Kind>
    try await trial.db.createTables([Rows.self])
    try await Rows.insert([.init(1, low), .init(2, high, high), .init(3, low, low), .init(4, high)]).run(trial.db)
    let groups = Rows.all().group { $0.maybe.coalesce(low) }
    try await trial.assertQuery(
      groups.order { key, _ in key.ascending() }.select { key, row in (key, row.id.count()) },
      rows: [(low, 3), (high, 1)], by: ==)
    try await trial.assertQuery(
      groups.having { key, _ in key == low }.select { _, row in row.id.max() }, rows: [Int64(4)])
    try await trial.assertQuery(
      groups.having { key, _ in key.in([high]) }.select { key, row in (key, row.id.count()) }, rows: [(high, 1)],
      by: ==)
    let inner = groups.having { key, _ in Rows.where { $0.value == key && $0.id == 2 }.exists() }
    try await trial.assertQuery(inner.select { key, _ in key }, rows: [high])
  }
}
