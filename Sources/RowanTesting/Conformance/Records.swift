import RowanCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

enum RecordCases {
  static let cases: [ConformanceCase] = [
    ConformanceCase("records/find one by its key") { trial in
      try await Person.createAndFill(trial.db)
      try expectEqual(try await Person.find(ID(2)).fetchOne(trial.db).name, "Grace")
      try expectEqual(try await Person.find(ID(99)).fetchFirst(trial.db), nil)
      try await expectError(.notFound) { try await Person.find(ID(99)).fetchOne(trial.db) }
      try expectEqual(try await Person.find(ID(2)).where { $0.name == "Ada" }.fetchFirst(trial.db), nil, "refined")
    },
    ConformanceCase("records/find many by their keys") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      func names(_ ids: [Int64]) async throws -> [String] {
        try await Person.find(ids.map { ID<Person, Int64>($0) }).order { $0.id.ascending() }.fetchAll(db).map(\.name)
      }
      try expectEqual(try await names([]), [], "none")
      try expectEqual(try await names([3]), ["Linus"], "one")
      try expectEqual(try await names([4, 1]), ["Ada", "Dennis"], "two")
      try expectEqual(try await names([1, 1, 2, 2, 1]), ["Ada", "Grace"], "twice the same")
      try expectEqual(try await names([1, 99]), ["Ada"], "one that is not there")
      try expectEqual(try await names((1...1000).map { Int64($0) }).count, 4, "a thousand")
      try expectEqual(try await Person.find([]).fetchCount(db), 0)
    },
    ConformanceCase("records/composite keys") { trial in
      let db = trial.db
      try await db.createTables([Membership.self])
      try await Membership.insert([.init(1, 1), .init(1, 2, "owner"), .init(2, 1)]).run(db)
      try expectEqual(try await Membership.find(.init(1, 2)).fetchOne(db).role, "owner")
      try expectEqual(try await Membership.find(.init(2, 2)).fetchFirst(db), nil)
      try expectEqual(
        try await Membership.find([.init(1, 1), .init(2, 1), .init(9, 9), .init(1, 1)]).fetchCount(db), 2)
      try expectEqual(try await Membership.find([Membership.PrimaryKey]()).fetchCount(db), 0)
      var member = try await Membership.find(.init(1, 2)).fetchOne(db)
      member.role = "guest"
      try await Membership.update(member).run(db)
      try expectEqual(try await Membership.where { $0.role == "guest" }.fetchCount(db), 1)
      try await Membership.delete(member).run(db)
      try expectEqual(try await Membership.all().fetchCount(db), 2)
      try await expectError(.uniqueViolation) { try await Membership.insert(.init(1, 1)).run(db) }
    },
    ConformanceCase("records/keys of text and UUID") { trial in
      let db = trial.db
      try await db.createTables([Setting.self, Token.self])
      try await Setting.insert([.init("theme", "dark"), .init("it's", "odd")]).run(db)
      try expectEqual(try await Setting.find(ID("it's")).fetchOne(db).value, "odd")
      try expectEqual(try await Setting.find([ID("theme"), ID("none")]).fetchAll(db).map(\.value), ["dark"])
      let one = ID<Token, UUID>.v7()
      let two = ID<Token, UUID>.v7()
      try await Token.insert([.init(one, "a"), .init(two, "b")]).run(db)
      try expectEqual(try await Token.find(two).fetchOne(db).text, "b")
      try expectEqual(try await Token.find([one, two, one]).fetchCount(db), 2)
      try expectEqual(try await Token.order { $0.id.ascending() }.fetchAll(db).map(\.id), [one, two], "made in order")
    },
    ConformanceCase("records/update every column but the key") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      var ada = try await Person.find(ID(1)).fetchOne(db)
      ada.name = "Countess"
      ada.age = nil
      ada.managerID = ID(4)
      try expectEqual(try await Person.update(ada).run(db).affectedRows, 1)
      try expectEqual(try await Person.find(ID(1)).fetchOne(db), ada)
      try expectEqual(try await Person.update(ada).run(db).affectedRows, 1, "the same again")
    },
    ConformanceCase("records/update only what differs") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      let recorder = SQLRecorder(db)
      let old = try await Person.find(ID(1)).fetchOne(db)
      var new = old
      try expectEqual(try await Person.update(new, since: old).run(db).affectedRows, 0, "nothing differs")
      new.score = 10
      try await Person.update { $0.name = "meanwhile" }.where { $0.id == ID(1) }.run(db)
      try expectEqual(try await Person.update(new, since: old).run(db).affectedRows, 1)
      let found = try await Person.find(ID(1)).fetchOne(db)
      try expectEqual(found.score, 10)
      try expectEqual(found.name, "meanwhile", "a column that does not differ")
      let updates = await recorder.statements(atLeast: 4).filter { $0.hasPrefix("UPDATE") }
      try expectEqual(updates.count, 2, "\(updates)")
      try expect(updates.last?.contains("score") == true && updates.last?.contains("email") == false, "\(updates)")
    },
    ConformanceCase("records/update of a column that differs in what is stored alone") { trial in
      try await Person.createAndFill(trial.db)
      try await Person.update { $0.name = "\u{E9}" }.where { $0.id == ID(1) }.run(trial.db)
      let old = try await Person.find(ID(1)).fetchOne(trial.db)
      var new = old
      new.name = "e\u{301}"
      try expectEqual(try await Person.update(new, since: old).run(trial.db).affectedRows, 1)
      let found = try await Person.find(ID(1)).fetchOne(trial.db).name
      try expectEqual(found.unicodeScalars.count, 2, "scalars of the name")
    },
    ConformanceCase("records/found by thousands of composite keys") { trial in
      try await trial.db.createTables([Membership.self])
      try await Membership.insert((0..<3000).map { Membership.Draft($0, 1) }).run(trial.db)
      let keys = (0..<3000).map { Membership.PrimaryKey($0, $0 % 2) }
      try expectEqual(try await Membership.find(keys).fetchCount(trial.db), 1500)
    },
    ConformanceCase("records/update of a row that is gone") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      var dennis = try await Person.find(ID(4)).fetchOne(db)
      try await Person.delete(dennis).run(db)
      dennis.name = "x"
      let gone = dennis
      let error = try await expectError(.notFound) { try await Person.update(gone).run(db) }
      try expectEqual(error.table, "people")
    },
    ConformanceCase("records/delete") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      let dennis = try await Person.find(ID(4)).fetchOne(db)
      try expectEqual(try await Person.delete(dennis).run(db).affectedRows, 1)
      try expectEqual(try await Person.delete(dennis).run(db).affectedRows, 0, "gone already")
      try expectEqual(try await Person.all().fetchCount(db), 3)
    },
    ConformanceCase("records/save inserts or updates") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      var ada = try await Person.find(ID(1)).fetchOne(db)
      ada.name = "Countess"
      try await Person.save(ada).run(db)
      try expectEqual(try await Person.find(ID(1)).fetchOne(db), ada)
      try await Person.delete(try await Person.find(ID(4)).fetchOne(db)).run(db)
      let dennis = try await Person.insert(.init(id: 4, "Dennis", age: 70)).returning().fetchOne(db)
      try await Person.delete(dennis).run(db)
      try await Person.save(dennis).run(db)
      try expectEqual(try await Person.find(ID(4)).fetchOne(db), dennis)
      try expectEqual(try await Person.all().fetchCount(db), 4)
      try await db.createTables([Membership.self])
      let member = try await Membership.insert(.init(1, 1)).returning().fetchOne(db)
      try await Membership.save(member).run(db)
      try expectEqual(try await Membership.all().fetchCount(db), 1)
    },
    ConformanceCase("records/save does not touch another row with the same unique value") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      let ada = try await Person.find(ID(1)).fetchOne(db)
      var grace = try await Person.find(ID(2)).fetchOne(db)
      grace.email = ada.email
      let clash = grace
      try await expectError(.uniqueViolation) { try await Person.save(clash).run(db) }
      try expectEqual(try await Person.find(ID(1)).fetchOne(db), ada)
    },
  ]
}
