import RowanCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

enum AggregateCases {
  static let cases: [ConformanceCase] = [
    ConformanceCase("aggregates/over the whole table") { trial in
      try await Person.createAndFill(trial.db)
      let found = try await Person.all().select {
        ($0.id.count(), $0.age.count(), $0.age.sum(), $0.age.min(), $0.age.max(), $0.score.average())
      }.fetchOne(trial.db)
      try expectEqual(found.0, 4)
      try expectEqual(found.1, 3, "NULL does not count")
      try expectEqual(found.2, 127)
      try expectEqual(found.3, 21)
      try expectEqual(found.4, 70)
      try expectEqual(found.5, 8.25)
      try await trial.assertQuery(Person.select { _ in countRows() }, rows: [4])
      try await trial.assertQuery(Person.select { $0.score.countDistinct() }, rows: [3])
      try await trial.assertQuery(Person.select { $0.age.average() }, rows: [127.0 / 3])
      try await trial.assertQuery(
        Person.all().select { ($0.name.min(), $0.name.max()) }, rows: [("Ada", "Linus")], by: ==)
    },
    ConformanceCase("aggregates/over no rows") { trial in
      try await trial.db.createTables([Person.self])
      let found = try await Person.all().select {
        ($0.id.count(), $0.age.sum(), $0.score.sum(), $0.name.max(), $0.score.average())
      }.fetchOne(trial.db)
      try expectEqual(found.0, 0)
      try expectEqual(found.1, nil)
      try expectEqual(found.2, nil)
      try expectEqual(found.3, nil)
      try expectEqual(found.4, nil)
    },
    ConformanceCase("aggregates/sums keep the type of what is summed") { trial in
      let db = trial.db
      try await db.createTables([Stored<Int32Kind>.self, Stored<Int64Kind>.self, Stored<FloatKind>.self])
      try await Stored<Int32Kind>.insert([.init(1, .max), .init(2, -1)]).run(db)
      try await trial.assertQuery(Stored<Int32Kind>.select { $0.value.sum() }, rows: [.max - 1])
      try await Stored<Int64Kind>.insert([.init(1, .max), .init(2, -7)]).run(db)
      try await trial.assertQuery(Stored<Int64Kind>.select { $0.value.sum() }, rows: [.max - 7])
      try await Stored<FloatKind>.insert([.init(1, 0.5), .init(2, 0.25)]).run(db)
      try await trial.assertQuery(Stored<FloatKind>.select { $0.value.sum() }, rows: [Float(0.75)])
      try await Stored<Int32Kind>.insert(.init(3, .max)).run(db)
      try await expectError(.decodingFailed, .valueOutOfRange) {
        try await Stored<Int32Kind>.select { $0.value.sum() }.fetchAll(db)
      }
    },
    ConformanceCase("aggregates/by one key") { trial in
      try await Person.createAndFill(trial.db)
      try await trial.assertQuery(
        Person.all().group { $0.isActive }.order { key, _ in key.ascending() }
          .select { key, row in (key, row.id.count(), row.age.sum()) },
        sql: [
          .sqlite: #"""
          SELECT t0."is_active", count(t0."id"), sum(t0."age") FROM "people" AS t0 GROUP BY t0."is_active" \#
          ORDER BY t0."is_active"
          """#
        ],
        rows: [(false, 1, 70), (true, 3, 57)], by: ==)
      let byManager = try await Person.all().group { $0.managerID }.order { key, _ in key.ascending().nullsFirst() }
        .select { key, row in (key, row.id.count()) }.fetchAll(trial.db)
      try expectEqual(byManager.map(\.0), [nil, ID(1), ID(3)])
      try expectEqual(byManager.map(\.1), [1, 2, 1])
    },
    ConformanceCase("aggregates/by several keys and by an expression") { trial in
      try await Person.createAndFill(trial.db)
      let pairs = try await Person.all().group { ($0.score, $0.isActive) }.order { key, _ in key.0.ascending() }
        .order { key, _ in key.1.ascending() }.select { key, row in (key.0, key.1, row.id.count()) }.fetchAll(trial.db)
      try expectRows(pairs, [(7, true, 1), (8.25, false, 1), (8.25, true, 1), (9.5, true, 1)], by: ==)
      let lengths = try await Person.all().group { $0.name.length() }.order { key, _ in key.ascending() }
        .select { key, row in (key, row.id.count()) }.fetchAll(trial.db)
      try expectRows(lengths, [(3, 1), (5, 2), (6, 1)], by: ==)
    },
    ConformanceCase("aggregates/by an expression with a bound value in it") { trial in
      try await Person.createAndFill(trial.db)
      let groups = try await Person.all().group { $0.age.coalesce(21) }.order { key, _ in key.ascending() }
        .select { key, row in (key, row.id.count()) }.fetchAll(trial.db)
      try expectRows(groups, [(21, 2), (36, 1), (70, 1)], by: ==)
    },
    ConformanceCase("aggregates/by keys that differ in a bound value alone") { trial in
      try await Book.createAndFill(trial.db)
      // 120, 80, 300 and 200 pages: four groups, as no two agree in the remainder by 7.
      let groups = Book.all().group { ($0.pages % 7, $0.pages % 3) }
      let second = groups.order { key, _ in key.1.ascending() }.select { key, row in (key.1, row.id.count()) }
      try await trial.assertQuery(second, rows: [(0, 1), (0, 1), (2, 1), (2, 1)], by: ==)
      let both = groups.order { key, _ in key.1.descending() }.order { key, _ in key.0.ascending() }
      try await trial.assertQuery(
        both.select { key, _ in (key.0, key.1) }, rows: [(3, 2), (4, 2), (1, 0), (6, 0)], by: ==)
    },
    ConformanceCase("aggregates/by such keys, kept outside and refined inside another query") { trial in
      try await Book.createAndFill(trial.db)
      let groups = Book.all().group { ($0.pages % 7, $0.pages % 3) }
      // Ada is 36, Grace 85: of the remainders, 0 and 2 by 3, none is that old; their books' ids are 1 to 4.
      let second = Person.where { person in
        (person.age % 3).in(groups.order { key, _ in key.1.ascending() }.select { key, _ in key.1 })
      }
      let remainders = [0, 2]
      let ages = try await Person.all().fetchAll(trial.db).compactMap(\.age)
      let expected = ages.count { remainders.contains($0 % 3) }
      try expectEqual(try await second.fetchCount(trial.db), expected)
      let ordered = groups.order { key, _ in key.0.descending() }
      let twice = Person.where { person in
        person.id.in(
          Book.where { book in
            (book.pages % 7).in(
              ordered.having { _, row in row.id.count() > 0 && row.pages.max() < 301 }.select { key, _ in key.0 })
              && book.authorID == person.id
          }.select { $0.authorID })
      }
      try await trial.assertQuery(
        twice.order { $0.id.ascending() }.select { $0.name }, rows: ["Ada", "Grace", "Linus"])
    },
    ConformanceCase("aggregates/having") { trial in
      try await Person.createAndFill(trial.db)
      let query = Person.all().group { $0.score }.having { _, row in row.id.count() > 1 }
      try await trial.assertQuery(query.select { key, row in (key, row.name.min()) }, rows: [(8.25, "Dennis")], by: ==)
      try await trial.assertQuery(
        query.having { key, _ in key > 100 }.select { key, row in (key, row.name.min()) }, rows: [], by: ==)
      try await trial.assertQuery(
        Person.where { $0.isActive.isTrue }.group { $0.score }.having { _, row in row.age.sum() > 30 }
          .select { key, _ in key }, rows: [9.5])
    },
    ConformanceCase("aggregates/order, limit and offset of groups") { trial in
      try await Person.createAndFill(trial.db)
      let groups = Person.all().group { $0.score }.order { _, row in row.id.count().descending() }
        .order { key, _ in key.ascending() }
      try await trial.assertQuery(groups.select { key, _ in key }.limit(2), rows: [8.25, 7])
      try await trial.assertQuery(groups.select { key, _ in key }.limit(2).offset(1), rows: [7, 9.5])
    },
    ConformanceCase("aggregates/in a condition of an outer query") { trial in
      try await Book.createAndFill(trial.db)
      let busy = Book.all().group { $0.authorID }.having { _, row in row.id.count() > 1 }.select { key, _ in key }
      try await trial.assertQuery(Person.where { $0.id.in(busy) }.select { $0.name }, rows: ["Ada"])
    },
    ConformanceCase("aggregates/window functions") { trial in
      try await Person.createAndFill(trial.db)
      let found = try await Person.order { $0.id.ascending() }.select {
        (
          $0.name, rowNumber(order: $0.score.descending(), $0.id.ascending()),
          rank(order: $0.score.descending()), denseRank(partitionBy: $0.isActive, order: $0.score.ascending())
        )
      }.fetchAll(trial.db)
      try expectRows(found, [("Ada", 1, 1, 3), ("Grace", 2, 2, 2), ("Linus", 4, 4, 1), ("Dennis", 3, 2, 1)], by: ==)
    },
  ]
}
