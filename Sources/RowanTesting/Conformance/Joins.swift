import RowanCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

enum JoinCases {
  static let cases: [ConformanceCase] = [
    ConformanceCase("joins/inner") { trial in
      try await Book.createAndFill(trial.db)
      let query = Person.join(Book.self) { $0.id == $1.authorID }.order { _, book in book.id.ascending() }
      let rows = try await query.fetchAll(trial.db)
      try expectEqual(rows.map(\.0.name), ["Ada", "Ada", "Grace", "Linus"])
      try expectEqual(rows.map(\.1.title), ["Engines", "Notes", "Compilers", "Kernels"])
      try await trial.assertQuery(
        query.where { person, book in person.isActive.isTrue && book.pages > 100 }
          .select { person, book in (person.name, book.title) },
        sql: [
          .sqlite: #"""
          SELECT t0."name", t1."title" FROM "people" AS t0 JOIN "books" AS t1 ON t0."id" = t1."author_id" \#
          WHERE t0."is_active" = ? AND t1."pages" > ? ORDER BY t1."id"
          """#
        ],
        rows: [("Ada", "Engines"), ("Grace", "Compilers"), ("Linus", "Kernels")], by: ==)
      try expectEqual(try await query.fetchCount(trial.db), 4)
      try expectEqual(try await query.limit(2).fetchCount(trial.db), 2)
      try expect(try await query.exists(trial.db), "no row")
      try expectEqual(try await query.limit(1).offset(2).fetchOne(trial.db).1.title, "Compilers")
    },
    ConformanceCase("joins/left, the right side optional") { trial in
      try await Book.createAndFill(trial.db)
      let query = Person.leftJoin(Book.self) { $0.id == $1.authorID && $1.pages > 100 }
        .order { person, book in person.id.ascending() }
      let rows = try await query.fetchAll(trial.db)
      try expectEqual(rows.map(\.0.name), ["Ada", "Grace", "Linus", "Dennis"])
      try expectEqual(rows.map { $0.1?.title }, ["Engines", "Compilers", "Kernels", nil])
      try await trial.assertQuery(
        query.select { person, book in (person.name, book.title, book.price) },
        rows: [
          ("Ada", "Engines", Decimal(9)), ("Grace", "Compilers", Decimal(20)), ("Linus", "Kernels", Decimal(15)),
          ("Dennis", nil, nil),
        ], by: ==)
      try await trial.assertQuery(
        query.where { _, book in book.id == nil }.select { person, _ in person.name }, rows: ["Dennis"])
      let whole = try await query.select { person, book in (person.name, book) }.fetchAll(trial.db)
      try expectEqual(whole.map { $0.1 == nil }, [false, false, false, true])
    },
    ConformanceCase("joins/right, the left side optional") { trial in
      try await Book.createAndFill(trial.db)
      let query = Book.rightJoin(Person.self) { $0.authorID == $1.id }
        .order { _, person in person.id.ascending() }.order { book, _ in book.id.ascending() }
      let rows = try await query.fetchAll(trial.db)
      try expectEqual(rows.map { $0.0?.title }, ["Engines", "Notes", "Compilers", "Kernels", nil])
      try expectEqual(rows.map(\.1.name), ["Ada", "Ada", "Grace", "Linus", "Dennis"])
      try await trial.assertQuery(
        query.limit(1).select { book, person in (book.pages, person.name) }, rows: [(120, "Ada")], by: ==)
    },
    ConformanceCase("joins/full, both sides optional", unless: { $0.fullJoin ? nil : "the engine has no FULL JOIN" }) {
      trial in
      try await Book.createAndFill(trial.db)
      let query = Person.where { $0.name != "Grace" }.fullJoin(Book.self) { $0.id == $1.authorID && $0.name != "Linus" }
      let rows = try await query.fetchAll(trial.db)
      try expect(rows.contains { $0.0 != nil && $0.1 != nil }, "no match")
      try expect(rows.allSatisfy { $0.0?.name != "Grace" }, "the condition was lost")
    },
    ConformanceCase("joins/full without a condition", unless: { $0.fullJoin ? nil : "the engine has no FULL JOIN" }) {
      trial in
      try await Book.createAndFill(trial.db)
      try await Book.insert(.init(id: 5, by: 4, "Orphan")).run(trial.db)
      let rows = try await Person.fullJoin(Book.self) { $0.id == $1.authorID && $1.title != "Orphan" }.fetchAll(
        trial.db)
      try expectEqual(rows.count, 6)
      try expectEqual(rows.compactMap { $0.0 == nil ? $0.1?.title : nil }, ["Orphan"])
      try expectEqual(rows.compactMap { $0.1 == nil ? $0.0?.name : nil }, ["Dennis"])
    },
    ConformanceCase("joins/a table with itself") { trial in
      try await Person.createAndFill(trial.db)
      try await trial.assertQuery(
        Person.join(Person.self) { $0.managerID == $1.id }.order { report, _ in report.id.ascending() }
          .select { report, manager in (report.name, manager.name) },
        rows: [("Grace", "Ada"), ("Linus", "Ada"), ("Dennis", "Linus")], by: ==)
      let left = try await Person.leftJoin(Person.self) { $0.managerID == $1.id }.order { p, _ in p.id.ascending() }
        .fetchAll(trial.db)
      try expectEqual(left.map { $0.1?.name }, [nil, "Ada", "Ada", "Linus"])
    },
    ConformanceCase("joins/three and four tables in a chain") { trial in
      try await Review.createAndFill(trial.db)
      let three = try await Person.join(Book.self) { $0.id == $1.authorID }.join(Review.self) { $1.id == $2.bookID }
        .order { _, _, review in review.id.ascending() }.fetchAll(trial.db)
      try expectEqual(
        three.map { "\($0.0.name) \($0.1.title) \($0.2.stars)" }, ["Ada Engines 5", "Ada Engines 4", "Linus Kernels 2"])
      let four = try await Person.join(Book.self) { $0.id == $1.authorID }.leftJoin(Review.self) { $1.id == $2.bookID }
        .leftJoin(Person.self) { $2.readerID == $3.id }.order { _, book, _, _ in book.id.ascending() }
        .order { _, _, review, _ in review.id.ascending() }
        .select { author, book, review, reader in (author.name, book.title, review.stars, reader.name) }
        .fetchAll(trial.db)
      try expectRows(
        four,
        [
          ("Ada", "Engines", 5, "Grace"), ("Ada", "Engines", 4, "Linus"), ("Ada", "Notes", nil, nil),
          ("Grace", "Compilers", nil, nil), ("Linus", "Kernels", 2, "Grace"),
        ], by: ==)
    },
    ConformanceCase("joins/eight tables") { trial in
      try await Person.createAndFill(trial.db)
      let rows = try await Person.where { $0.id == ID(4) }.leftJoin(Person.self) { $0.managerID == $1.id }
        .leftJoin(Person.self) { $1.managerID == $2.id }.leftJoin(Person.self) { $2.managerID == $3.id }
        .leftJoin(Person.self) { $3.managerID == $4.id }.leftJoin(Person.self) { $0.id == $5.id }
        .leftJoin(Person.self) { $5.id == $6.id }.leftJoin(Person.self) { $6.id == $7.id }
        .select { a, b, c, d, e, f, g, h in (a.name, b.name, c.name, d.name, e.name, f.name, g.name, h.name) }
        .fetchAll(trial.db)
      try expectEqual(rows.count, 1)
      let row = try expectPresent(rows.first)
      try expectEqual(
        [row.0, row.1, row.2, row.3, row.4, row.5, row.6, row.7],
        ["Dennis", "Linus", "Ada", nil, nil, "Dennis", "Dennis", "Dennis"])
    },
    ConformanceCase("joins/grouped") { trial in
      try await Book.createAndFill(trial.db)
      try await trial.assertQuery(
        Person.leftJoin(Book.self) { $0.id == $1.authorID }.group { person, _ in (person.id, person.name) }
          .order { key, _, _ in key.0.ascending() }
          .select { key, _, book in (key.1, book.id.count(), book.pages.sum()) },
        rows: [("Ada", 2, 200), ("Grace", 1, 300), ("Linus", 1, 200), ("Dennis", 0, nil)], by: ==)
    },
    ConformanceCase("joins/count and distinct") { trial in
      try await Book.createAndFill(trial.db)
      let query = Person.join(Book.self) { $0.id == $1.authorID }
      try expectEqual(try await query.select { person, _ in person.name }.distinct().fetchCount(trial.db), 3)
      try expectEqual(Set(try await query.select { person, _ in person.name }.distinct().fetchAll(trial.db)).count, 3)
    },
    ConformanceCase("joins/a row of NULLs on the outer side of a table without a key") { trial in
      try await Person.createAndFill(trial.db)
      try await trial.db.createTables([LogLine.self])
      try await LogLine.insert(.init(36, "age of Ada")).run(trial.db)
      let rows = try await Person.leftJoin(LogLine.self) { $0.age == $1.level }.order { p, _ in p.id.ascending() }
        .fetchAll(trial.db)
      try expectEqual(rows.map { $0.1?.text }, ["age of Ada", nil, nil, nil])
    },
  ]
}
