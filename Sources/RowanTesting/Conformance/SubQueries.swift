import RowanCore

enum SubQueryCases {
  static let cases: [ConformanceCase] = [
    ConformanceCase("sub-queries/in") { trial in
      try await Book.createAndFill(trial.db)
      let authors = Book.where { $0.pages > 150 }.select { $0.authorID }
      try await trial.assertQuery(
        Person.where { $0.id.in(authors) }.order { $0.id.ascending() }.select { $0.name }, rows: ["Grace", "Linus"])
      try await trial.assertQuery(
        Person.where { !$0.id.in(authors) }.order { $0.id.ascending() }.select { $0.name }, rows: ["Ada", "Dennis"])
      try await trial.assertQuery(
        Person.where { $0.id.in(Book.where { $0.title == "Notes" }.select { $0.authorID }) }.select { $0.name },
        sql: [
          .sqlite: #"""
          SELECT t0."name" FROM "people" AS t0 WHERE t0."id" IN (SELECT t1_0."author_id" FROM "books" AS t1_0 \#
          WHERE t1_0."title" = ?)
          """#
        ],
        rows: ["Ada"])
    },
    ConformanceCase("sub-queries/exists, correlated") { trial in
      try await Book.createAndFill(trial.db)
      try await trial.assertQuery(
        Person.where { person in Book.where { $0.authorID == person.id && $0.pages > 150 }.exists() }
          .order { $0.id.ascending() }.select { $0.name },
        sql: [
          .sqlite: #"""
          SELECT t0."name" FROM "people" AS t0 WHERE EXISTS (SELECT 1 FROM "books" AS t1_0 \#
          WHERE t1_0."author_id" = t0."id" AND t1_0."pages" > ?) ORDER BY t0."id"
          """#
        ],
        rows: ["Grace", "Linus"])
      try await trial.assertQuery(
        Person.where { person in !Book.where { $0.authorID == person.id }.exists() }.select { $0.name },
        rows: ["Dennis"])
    },
    ConformanceCase("sub-queries/the same table correlated at two levels") { trial in
      try await Person.createAndFill(trial.db)
      // People whose manager has a report who is older than both of them are: Grace and Linus through nobody, Dennis
      // through nobody; those whose manager manages another one with a higher score.
      let query = Person.where { person in
        Person.where { other in
          other.managerID == person.managerID
            && Person.where { third in third.id == person.managerID && third.score > other.score }.exists()
            && other.score > person.score
        }.exists()
      }
      try await trial.assertQuery(
        query.select { $0.name },
        sql: [
          .sqlite: #"""
          SELECT t0."name" FROM "people" AS t0 WHERE EXISTS (SELECT 1 FROM "people" AS t1_0 \#
          WHERE t1_0."manager_id" = t0."manager_id" AND EXISTS (SELECT 1 FROM "people" AS t2_0 \#
          WHERE t2_0."id" = t0."manager_id" AND t2_0."score" > t1_0."score") AND t1_0."score" > t0."score")
          """#
        ],
        rows: ["Linus"])
    },
    ConformanceCase("sub-queries/scalars in select, where and order") { trial in
      try await Book.createAndFill(trial.db)
      let counts = try await Person.order { $0.id.ascending() }.select { person in
        (person.name, Book.where { $0.authorID == person.id }.select { $0.id.count() }.scalar())
      }.fetchAll(trial.db)
      try expectRows(counts, [("Ada", 2), ("Grace", 1), ("Linus", 1), ("Dennis", 0)], by: ==)
      try await trial.assertQuery(
        Person.where { $0.score == Person.select { $0.score.max() }.scalar() }.select { $0.name }, rows: ["Ada"])
      try await trial.assertQuery(
        Person.where { person in person.score < Person.where { $0.id == person.managerID }.select { $0.score }.scalar()
        }
        .order { $0.id.ascending() }.select { $0.name }, rows: ["Grace", "Linus"])
    },
    ConformanceCase("sub-queries/a query kept outside and used inside") { trial in
      try await Book.createAndFill(trial.db)
      let authors = Book.all().select { $0.authorID }
      let twice = Person.where { $0.id.in(authors) || $0.managerID.in(authors) }
      try expectEqual(try await twice.fetchCount(trial.db), 4)
      let books = Book.where { $0.pages > 100 }
      let query = Person.where { person in books.where { $0.authorID == person.id }.exists() }
      try await trial.assertQuery(
        query.order { $0.id.ascending() }.select { $0.name }, rows: ["Ada", "Grace", "Linus"])
      try expectEqual(try await books.fetchCount(trial.db), 3, "used outside again")
    },
    ConformanceCase("sub-queries/a query kept outside sees the outer row wherever it is refined") { trial in
      try await Book.createAndFill(trial.db)
      let books = Book.all()
      let pairs = Book.join(Review.self) { $0.id == $1.bookID }
      let byAuthor = Book.group { $0.authorID }
      let byBoth = pairs.group { book, _ in (book.authorID, book.title) }
      func same(_ kept: some SelectFetchable, _ made: some SelectFetchable, _ what: String) throws {
        let (refined, direct) = (try kept.sql(for: trial.db.dialect), try made.sql(for: trial.db.dialect))
        try expectEqual(refined.text, direct.text, what)
      }
      try same(
        Person.where { person in person.name.in(books.select { $0.title + person.name }) },
        Person.where { person in person.name.in(Book.all().select { $0.title + person.name }) }, "select")
      try same(
        Person.where { person in person.name.in(pairs.select { book, _ in book.title + person.name }) },
        Person.where { person in
          person.name.in(Book.join(Review.self) { $0.id == $1.bookID }.select { book, _ in book.title + person.name })
        }, "select of a join")
      if trial.db.dialect.capabilities.correlatedOrder {
        try same(
          Person.where { person in person.name.in(books.group { $0.title + person.name }.select { key, _ in key }) },
          Person.where { person in person.name.in(Book.group { $0.title + person.name }.select { key, _ in key }) },
          "group")
      }
      try same(
        Person.where { person in
          person.id.in(
            byAuthor.having { key, book in key != person.id && book.pages.max() > person.age }
              .order { key, _ in key.descending() }.select { key, _ in key })
        },
        Person.where { person in
          person.id.in(
            Book.group { $0.authorID }.having { key, book in key != person.id && book.pages.max() > person.age }
              .order { key, _ in key.descending() }.select { key, _ in key })
        }, "having and order of a group")
      try same(
        Person.where { person in
          person.name.in(byBoth.having { key, _, _ in key.0 == person.id }.select { key, _, _ in key.1 })
        },
        Person.where { person in
          person.name.in(
            Book.join(Review.self) { $0.id == $1.bookID }.group { book, _ in (book.authorID, book.title) }
              .having { key, _, _ in key.0 == person.id }.select { key, _, _ in key.1 })
        }, "a group of a join, by two keys")
      let pages = Person.order { $0.id.ascending() }.select { person in
        books.where { $0.authorID == person.id && $0.title != "Notes" }.select { $0.title + person.name }.scalar()
      }
      try await trial.assertQuery(
        pages,
        sql: [
          .sqlite: #"""
          SELECT (SELECT t1_0."title" || t0."name" FROM "books" AS t1_0 WHERE t1_0."author_id" = t0."id" \#
          AND t1_0."title" <> ?) FROM "people" AS t0 ORDER BY t0."id"
          """#
        ], rows: ["EnginesAda", "CompilersGrace", "KernelsLinus", nil])
      try expectEqual(try await books.fetchCount(trial.db), try await Book.all().fetchCount(trial.db), "used again")
    },
    ConformanceCase("sub-queries/inside a join's condition") { trial in
      try await Book.createAndFill(trial.db)
      let query = Person.join(Book.self) { person, book in
        person.id == book.authorID
          && book.pages == Book.where { $0.authorID == person.id }.select { $0.pages.max() }.scalar()
      }
      try await trial.assertQuery(
        query.order { person, _ in person.id.ascending() }.select { person, book in (person.name, book.title) },
        rows: [("Ada", "Engines"), ("Grace", "Compilers"), ("Linus", "Kernels")], by: ==)
    },
    ConformanceCase("sub-queries/a join inside") { trial in
      try await Review.createAndFill(trial.db)
      let query = Person.where { reader in
        Book.join(Review.self) { $0.id == $1.bookID }.where { _, review in
          review.readerID == reader.id && review.stars > 4
        }.exists()
      }
      try await trial.assertQuery(query.select { $0.name }, rows: ["Grace"])
    },
    ConformanceCase("sub-queries/with limit and order") { trial in
      try await Book.createAndFill(trial.db)
      let longest = Book.order { $0.pages.descending() }.limit(1).select { $0.title }
      try await trial.assertQuery(Book.where { $0.title == longest.scalar() }.select { $0.pages }, rows: [300])
      let two = Book.order { $0.pages.descending() }.limit(2).select { $0.authorID }
      try await trial.assertQuery(
        Person.where { $0.id.in(two) }.order { $0.id.ascending() }.select { $0.name }, rows: ["Grace", "Linus"])
    },
    ConformanceCase("sub-queries/a list with NULL in it") { trial in
      try await Person.createAndFill(trial.db)
      let ages = Person.select { $0.age }
      try await trial.assertQuery(Person.where { $0.age.in(ages) }.select { _ in countRows() }, rows: [3])
      try await trial.assertQuery(Person.where { !($0.age + 1000).in(ages) }.select { _ in countRows() }, rows: [0])
    },
    ConformanceCase("sub-queries/in updates and deletes") { trial in
      try await Book.createAndFill(trial.db)
      let db = trial.db
      let changed = try await Person.update { $0.score = 0 }.where { person in
        !Book.where { $0.authorID == person.id }.exists()
      }.run(db)
      try expectEqual(changed.affectedRows, 1)
      try expectEqual(try await Person.find(ID(4)).fetchOne(db).score, 0)
      let deleted = try await Book.delete().where { $0.authorID.in(Person.where { $0.name == "Ada" }.select { $0.id }) }
        .run(db)
      try expectEqual(deleted.affectedRows, 2)
    },
    ConformanceCase("sub-queries/a column used outside its query is a typed error") { trial in
      try await Book.createAndFill(trial.db)
      let leaked = Leak()
      _ = Person.where { person in
        leaked.id = person.id
        return .always
      }
      let inner = try expectPresent(leaked.id)
      let deep = Leak()
      _ = Person.where { person in
        Person.where { other in
          deep.id = other.id
          return person.id == other.id
        }.exists()
      }
      let deeper = try expectPresent(deep.id)
      try await expectError(.columnOutOfScope) { try await Person.where { _ in deeper == ID(1) }.fetchAll(trial.db) }
      try await expectError(.columnOutOfScope) {
        try await Book.join(Review.self) { _, _ in deeper == ID(1) }.fetchAll(trial.db)
      }
      // At the same place of another query a column is indistinguishable by position, and refers to the table there.
      try expectEqual(try await Person.where { _ in inner == ID(1) }.fetchCount(trial.db), 1)
    },
  ]

  /// Where a closure leaves a column.
  private final class Leak { var id: Column<Person, ID<Person, Int64>>? }
}
