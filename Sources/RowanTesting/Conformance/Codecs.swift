#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import RowanCore

/// Columns whose values the database never sees.
enum CodecCases {
  static let cases = valueCases + queryCases + CodecFailureCases.cases

  /// What is stored, by SQL written by hand.
  private static func stored(_ db: Database, _ id: Int64) async throws -> (String, [UInt8]?, String?) {
    try await SQL("SELECT code, secret, pin FROM vaults WHERE id = \(id)")
      .as(String.self, [UInt8]?.self, String?.self).fetchOne(db)
  }

  private static let valueCases: [ConformanceCase] = [
    ConformanceCase("codecs/values are stored encoded and read decoded, NULL untouched") { trial in
      let db = try await Vault.openAndFill(trial)
      let ada = try await Vault.find(ID(1)).fetchOne(db)
      try expectEqual(ada.code, "alpha")
      try expectEqual(ada.secret, "the first")
      try expectEqual(ada.pin, 1234)
      try expectEqual(ada.price, 19.5)
      try expectEqual(ada.tags, ["a", "b"])
      let grace = try await Vault.find(ID(2)).fetchOne(db)
      try expect(grace.secret == nil && grace.pin == nil && grace.price == nil && grace.tags == nil, "NULL")
      try expectEqual(try await Vault.find(ID(3)).fetchOne(db).tags, [])
      let (code, secret, pin) = try await stored(db, 1)
      try expectEqual(code, "ahpla")
      try expectEqual(pin, "5a5a12345a5a47f3")
      let bytes = try expectPresent(secret)
      try expectEqual(bytes.count, 11)
      try expect(!bytes.contains(Array("first".utf8)), "the plain value is stored")
      let (_, none, noPIN) = try await stored(db, 2)
      try expect(none == nil && noPIN == nil, "NULL is stored as NULL")
    },
    ConformanceCase("codecs/a salt differs from value to value") { trial in
      let db = try await Vault.open(trial)
      try await Vault.insert([.init("a", code: "1", secret: "same"), .init("b", code: "2", secret: "same")]).run(db)
      let first = try await stored(db, 1).1
      let second = try await stored(db, 2).1
      try expect(first != nil && first != second, "equal values have the same stored form")
      let secrets: [String?] = try await Vault.all().select { $0.secret }.fetchAll(db)
      try expectEqual(secrets, ["same", "same"])
    },
    ConformanceCase("codecs/updates, records, saves and upserts encode") { trial in
      let db = try await Vault.openAndFill(trial)
      try await Vault.update {
        $0.secret = "changed"
        $0.pin = nil
        $0.code = "alpha2"
      }.where { $0.id == ID(1) }.run(db)
      var ada = try await Vault.find(ID(1)).fetchOne(db)
      try expect(ada.secret == "changed" && ada.pin == nil && ada.code == "alpha2", "an update")
      try expectEqual(try await stored(db, 1).0, "2ahpla")
      let before = ada
      ada.secret = "again"
      ada.price = 2.25
      try await Vault.update(ada, since: before).run(db)
      try expectEqual(try await Vault.find(ID(1)).fetchOne(db), ada)
      ada.pin = 5
      try await Vault.update(ada).run(db)
      ada.tags = ["x"]
      try await Vault.save(ada).run(db)
      try expectEqual(try await Vault.find(ID(1)).fetchOne(db), ada)
      try await Vault.save(Vault(id: ID(9), owner: "New", code: "delta", secret: "s", pin: 1)).run(db)
      try expectEqual(try await Vault.find(ID(9)).fetchOne(db).secret, "s")
      try await Vault.insert(.init("Other", code: "beta", secret: "upserted", pin: 3)).onConflict({ $0.code }) {
        row, new in
        row.secret = new.secret
        row.pin = 77
        row.owner = new.owner
      }.run(db)
      let grace = try await Vault.find(ID(2)).fetchOne(db)
      try expect(grace.secret == "upserted" && grace.pin == 77 && grace.owner == "Other", "an upsert")
    },
    ConformanceCase("codecs/many rows, whichever way they travel") { trial in
      let db = try await Vault.open(trial)
      for count in [1, 2, 49, 50, 51, 120] {
        try await Vault.delete().all.run(db)
        let drafts = (0..<count).map {
          Vault.Draft(
            "o\($0)", code: "c\($0)", secret: $0 % 3 == 0 ? nil : "secret \($0)", pin: Int64($0),
            price: Decimal($0) / 4)
        }
        try await Vault.insert(drafts).run(db)
        let rows = try await Vault.order { $0.id.ascending() }.fetchAll(db)
        try expectEqual(rows.map(\.code), drafts.map(\.code), "\(count)")
        try expectEqual(rows.map(\.secret), drafts.map(\.secret), "\(count)")
        try expectEqual(rows.map(\.price), drafts.map(\.price), "\(count)")
      }
      try await Vault.insert((200..<320).map { Vault.Draft("l\($0)", code: "c\($0)", tags: ["\($0)"]) }).run(db)
      try expectEqual(try await Vault.where { $0.code == "c210" }.fetchOne(db).tags, ["210"])
    },
    ConformanceCase("codecs/batches and transactions encode") { trial in
      let db = try await Vault.openAndFill(trial)
      try await db.batch { batch in
        batch.add(Vault.insert([.init("a", code: "b1", secret: "x"), .init("b", code: "b2", secret: "y")]))
        batch.add(Vault.update { $0.secret = "z" }.where { $0.code == "beta" })
        batch.add(Vault.delete().where { $0.code == "gamma" })
      }
      let secrets = try await Vault.where { $0.id > ID(1) }.order { $0.id.ascending() }.select { $0.secret }.fetchAll(
        db)
      try expectEqual(secrets, ["z", "x", "y"])
      try await db.sandbox { tx in
        try await tx.savepoint { sp in try await Vault.insert(.init("c", code: "inside", pin: 9)).run(sp) }
        try expectEqual(try await Vault.where { $0.code == "inside" }.fetchOne(tx).pin, 9)
      }
      try expectEqual(try await Vault.where { $0.code == "inside" }.fetchFirst(db), nil)
    },
    ConformanceCase("codecs/returned rows are decoded") { trial in
      let db = try await Vault.open(trial)
      let one = try await Vault.insert(.init("a", code: "one", secret: "s1", tags: ["t"])).returning().fetchOne(db)
      try expect(one.code == "one" && one.secret == "s1" && one.tags == ["t"], "one row")
      let many = try await Vault.insert([.init("b", code: "two", pin: 2), .init("c", code: "three", price: 3)])
        .returning().fetchAll(db)
      try expectEqual(many.map(\.code), ["two", "three"])
      try expectEqual(many.map(\.pin), [2, nil])
      let updated = try await Vault.update { $0.secret = "s2" }.where { $0.code == "one" }.returning().fetchOne(db)
      try expect(updated.secret == "s2" && updated.code == "one", "updated")
      let upserted = try await Vault.insert(.init("d", code: "two", secret: "u")).onConflict({ $0.code }) { row, new in
        row.secret = new.secret
      }.returning().fetchOne(db)
      try expect(upserted.secret == "u" && upserted.pin == 2, "upserted")
      let deleted = try await Vault.delete().where { $0.code.in(["one", "two"]) }.returning().fetchAll(db)
      try expectEqual(Set(deleted.map(\.secret)), ["s2", "u"])
    },
    ConformanceCase("codecs/streamed rows are decoded") { trial in
      let db = try await Vault.open(trial)
      try await Vault.insert((0..<700).map { Vault.Draft("o", code: "c\($0)", secret: "s\($0)", pin: Int64($0)) }).run(
        db)
      var next: Int64 = 0
      for try await vault in Vault.order({ $0.id.ascending() }).stream(db, batchSize: 64) {
        try expect(vault.secret == "s\(next)" && vault.pin == next, "row \(next)")
        next += 1
      }
      try expectEqual(next, 700)
      let secrets: [String?] = try await db.read { (tx: Transaction) async throws -> [String?] in
        var secrets: [String?] = []
        for try await secret in Vault.all().select({ $0.secret }).stream(tx, batchSize: 100) { secrets.append(secret) }
        return secrets
      }
      try expectEqual(secrets.compactMap { $0 }.count, 700)
    },
  ]

  private static let queryCases: [ConformanceCase] = [
    ConformanceCase("codecs/a deterministic codec's column is found by its values") { trial in
      let db = try await Vault.openAndFill(trial)
      func owners(_ condition: (Vault.Columns) -> Condition) async throws -> [String] {
        try await Vault.where(condition).order { $0.id.ascending() }.select { $0.owner }.fetchAll(db)
      }
      try expectEqual(try await owners { $0.code == "alpha" }, ["Ada"])
      try expectEqual(try await owners { $0.code != "alpha" }, ["Grace", "Linus"])
      try expectEqual(try await owners { $0.pin == 1234 }, ["Ada"])
      try expectEqual(try await owners { $0.pin == nil }, ["Grace"])
      try expectEqual(try await owners { $0.secret != nil }, ["Ada", "Linus"])
      try expectEqual(try await owners { $0.price == 19.5 }, ["Ada"])
      try expectEqual(try await owners { $0.code.in(["alpha", "gamma", "none"]) }, ["Ada", "Linus"])
      try expectEqual(try await owners { $0.pin.in([-7, nil]) }, ["Grace", "Linus"])
      try expectEqual(try await owners { $0.code.notIn(["beta"]) }, ["Ada", "Linus"])
      try expectEqual(try await owners { $0.pin.isDistinct(from: 1234) }, ["Grace", "Linus"])
      try expectEqual(try await owners { $0.code == "beta" || !($0.pin == -7) }, ["Ada", "Grace"])
    },
    ConformanceCase("codecs/selected, grouped, counted and joined") { trial in
      let db = try await Vault.openAndFill(trial)
      try await Vault.insert(.init("Second", code: "delta", secret: "the fourth", pin: 1234)).run(db)
      let pairs = try await Vault.order { $0.id.ascending() }.select { ($0.secret, $0.pin, $0.owner) }.fetchAll(db)
      try expectEqual(pairs.map(\.0), ["the first", nil, "the third", "the fourth"])
      try expectEqual(pairs.map(\.1), [1234, nil, -7, 1234])
      let groups = try await Vault.where { $0.pin != nil }.group { $0.pin }.select { pin, vault in
        (pin, vault.id.count())
      }.fetchAll(db)
      try expectEqual(Set(groups.map { "\($0.0 ?? 0): \($0.1)" }), ["1234: 2", "-7: 1"])
      let counts = try await Vault.all().select { ($0.secret.count(), $0.pin.countDistinct()) }.fetchOne(db)
      try expect(counts == (3, 2), "counts: \(counts)")
      let distinct: [Int64?] = try await Vault.all().select { $0.pin }.distinct().fetchAll(db)
      try expectEqual(Set(distinct), [1234, nil, -7])
      let same = try await Vault.join(Vault.self) { $0.pin == $1.pin }.where { $0.id < $1.id }.fetchAll(db)
      try expectEqual(same.map { [$0.0.code, $0.1.code] }, [["alpha", "delta"]])
      let outer = try await Vault.leftJoin(Vault.self) { $0.id == ID(1) && $1.code == "beta" }
        .order { a, _ in a.id.ascending() }.fetchAll(db)
      try expectEqual(outer.map { $0.1?.code }, ["beta", nil, nil, nil])
      try expectEqual(outer.map(\.0.secret), ["the first", nil, "the third", "the fourth"])
    },
    ConformanceCase("codecs/passed on by sub-queries and set operations") { trial in
      let db = try await Vault.openAndFill(trial)
      let codes = Vault.where { $0.id < ID(3) }.select { $0.code }
      try expectEqual(
        try await Vault.where { $0.code.in(codes) }.order { $0.id.ascending() }.select { $0.code }.fetchAll(db),
        ["alpha", "beta"])
      let first = Vault.where { $0.id == ID(1) }.select { $0.secret }
      let scalar = try await Vault.where { $0.id == ID(2) }.select { _ in first.scalar() }.fetchOne(db)
      try expectEqual(scalar, "the first")
      let all = first.unionAll(Vault.where { $0.id == ID(3) }.select { $0.secret })
      try expectEqual(Set(try await all.fetchAll(db)), ["the first", "the third"])
      let union = codes.union(Vault.all().select { $0.code })
      try expectEqual(Set(try await union.fetchAll(db)), ["alpha", "beta", "gamma"])
      try expectEqual(try await union.fetchCount(db), 3)
      try expectEqual(try await Vault.where { $0.code == "beta" }.exists(db), true)
    },
    ConformanceCase("codecs/records of SQL written by hand are decoded") { trial in
      let db = try await Vault.openAndFill(trial)
      let rows = try await SQL("SELECT id, owner, code, secret, pin, price, tags FROM vaults ORDER BY id")
        .as(Vault.self).fetchAll(db)
      try expectEqual(rows, try await Vault.order { $0.id.ascending() }.fetchAll(db))
    },
    ConformanceCase("codecs/without the plugin the stored form is read") { trial in
      let db = try await Vault.openAndFill(trial)
      let plain = try await trial.open()
      try expectEqual(try await Vault.find(ID(1)).select { $0.code }.fetchOne(plain), "ahpla")
      try expectEqual(try await Vault.find(ID(1)).select { $0.code }.fetchOne(db), "alpha")
    },
    ConformanceCase("codecs/of several plugins apply in order") { trial in
      struct Doubling: DatabasePlugin, ColumnCodec {
        let name = "doubling"
        let storedType = SQLType.varchar(250)
        let isDeterministic = true
        func codec(for column: ColumnSchema, of table: TableSchema) throws -> (any ColumnCodec)? {
          guard column.name == "code" else { return nil }
          try expectEqual(column.type, .varchar(200), "the type that the codec before it stores")
          return self
        }
        func encode(_ value: SQLValue) throws(CodecFailure) -> SQLValue {
          guard case .text(let text) = value else { throw CodecFailure("not a text") }
          return .text(text + "|" + text)
        }
        func decode(_ stored: SQLValue) throws(CodecFailure) -> SQLValue {
          guard case .text(let text) = stored, let half = text.split(separator: "|").first else {
            throw CodecFailure("not doubled")
          }
          return .text(String(half))
        }
      }
      let db = try await Vault.open(trial, [ToyCodecs(), Doubling()])
      try await Vault.insert(.init("a", code: "abc", pin: 1)).run(db)
      try expectEqual(try await stored(db, 1).0, "cba|cba")
      try expectEqual(try await Vault.where { $0.code == "abc" }.fetchOne(db).code, "abc")
    },
  ]
}

extension Vault {
  init(id: ID<Vault, Int64>, owner: String, code: String, secret: String?, pin: Int64?) {
    self.id = id
    self.owner = owner
    self.code = code
    self.secret = secret
    self.pin = pin
    price = nil
    tags = nil
  }
}
