import RowanCore

enum CodecFailureCases {
  /// Runs `query` and expects it to be refused for `column`, without any value in the error.
  private static func refuse<R>(
    _ column: String, file: StaticString = #fileID, line: UInt = #line, _ query: () async throws -> R
  ) async throws {
    let error = try await expectError(.codedColumn, file: file, line: line, query)
    try expectEqual(error.table, "vaults", file: file, line: line)
    try expectEqual(error.columns, [column], file: file, line: line)
    try expect(error.message.contains("'\(column)'"), "\(error)", file: file, line: line)
    try Secret().expectAbsent(from: error, file: file, line: line)
  }

  static let cases: [ConformanceCase] = [
    ConformanceCase("codecs/refused where a stored form cannot stand for a value") { trial in
      let db = try await Vault.openAndFill(trial)
      let marker = Secret().text
      try await refuse("code") { try await Vault.order { $0.code.ascending() }.fetchAll(db) }
      try await refuse("code") { try await Vault.where { $0.code.hasPrefix(marker) }.fetchAll(db) }
      try await refuse("code") { try await Vault.where { $0.code < marker }.fetchAll(db) }
      try await refuse("pin") { try await Vault.where { $0.pin.between(1, and: 2) }.fetchAll(db) }
      try await refuse("pin") { try await Vault.where { $0.pin + 1 == 2 }.fetchAll(db) }
      try await refuse("code") { try await Vault.where { $0.code.lowercased() == marker }.fetchAll(db) }
      try await refuse("code") { try await Vault.where { $0.code == $0.owner }.fetchAll(db) }
      try await refuse("code") { try await Vault.where { $0.owner == $0.code }.fetchAll(db) }
      try await refuse("pin") { try await Vault.all().select { $0.pin.max() }.fetchAll(db) }
      try await refuse("pin") { try await Vault.all().select { $0.pin.sum() }.fetchAll(db) }
      try await refuse("pin") { try await Vault.all().select { $0.pin.coalesce(0) }.fetchAll(db) }
      try await refuse("pin") { try await Vault.all().select { $0.pin.cast(to: String?.self) }.fetchAll(db) }
      try await refuse("code") { try await Vault.all().select { rowNumber(order: $0.code.ascending()) }.fetchAll(db) }
      try await refuse("code") {
        try await Vault.where { SQL("\($0.code) = \(marker)").condition }.fetchAll(db)
      }
      try await refuse("code") { try await Vault.where { $0.owner.in(Vault.all().select { $0.code }) }.fetchAll(db) }
      try await refuse("code") {
        try await Vault.all().select { $0.code }.union(Vault.all().select { $0.owner }).fetchAll(db)
      }
    },
    ConformanceCase("codecs/refused where equal values have different stored forms") { trial in
      let db = try await Vault.openAndFill(trial)
      let marker = Secret().text
      try await refuse("secret") { try await Vault.where { $0.secret == marker }.fetchAll(db) }
      try await refuse("secret") { try await Vault.where { $0.secret != marker }.fetchAll(db) }
      try await refuse("secret") { try await Vault.where { $0.secret.in([marker, nil]) }.fetchAll(db) }
      try await refuse("secret") { try await Vault.where { $0.secret.isDistinct(from: marker) }.fetchAll(db) }
      try await refuse("secret") { try await Vault.all().select { $0.secret }.distinct().fetchAll(db) }
      try await refuse("secret") { try await Vault.all().select { $0.secret.countDistinct() }.fetchAll(db) }
      try await refuse("secret") {
        try await Vault.group { $0.secret }.select { key, vault in (key, vault.id.count()) }.fetchAll(db)
      }
      try await refuse("secret") { try await Vault.join(Vault.self) { $0.secret == $1.secret }.fetchAll(db) }
      try await refuse("secret") {
        try await Vault.all().select { $0.secret }.union(Vault.all().select { $0.secret }).fetchAll(db)
      }
      try await refuse("secret") {
        try await Vault.insert(.init("a", code: "a", secret: marker)).onConflict({ $0.secret }) { row, _ in
          row.owner = "b"
        }.run(db)
      }
    },
    ConformanceCase("codecs/refused where a value would be copied or computed") { trial in
      let db = try await Vault.openAndFill(trial)
      try await refuse("code") { try await Vault.update { $0.owner = $0.code }.all.run(db) }
      try await refuse("code") { try await Vault.update { $0.code = $0.owner }.all.run(db) }
      try await refuse("code") { try await Vault.update { $0.code = $0.code + "x" }.all.run(db) }
      try await refuse("pin") { try await Vault.update { $0.pin = $0.pin + 1 }.all.run(db) }
      try await refuse("code") {
        try await Vault.insert(.init("a", code: "alpha")).onConflict({ $0.code }) { row, new in
          row.owner = new.code
        }.run(db)
      }
      // What is the same column's stays what it is.
      try await Vault.update { $0.code = $0.code }.where { $0.id == ID(1) }.run(db)
      try expectEqual(try await Vault.find(ID(1)).fetchOne(db).code, "alpha")
    },
    ConformanceCase("codecs/a value that cannot be encoded, or decoded, is a typed error without it") { trial in
      let db = try await Vault.openAndFill(trial)
      let secret = Secret()
      let encoding = try await expectError(.encodingFailed) {
        try await Vault.insert(.init("a", code: "x", secret: "unspeakable \(secret.text)")).run(db)
      }
      try expectEqual(encoding.table, "vaults")
      try expectEqual(encoding.columns, ["secret"])
      try secret.expectAbsent(from: encoding)
      try await expectError(.encodingFailed) {
        try await Vault.insert((0..<120).map { Vault.Draft("a", code: "\($0)", secret: "unspeakable") }).run(db)
      }
      try await SQL("UPDATE vaults SET pin = \(secret.text) WHERE id = 1").run(db)
      for query in [Vault.find(ID(1)), Vault.order { $0.id.descending() }] {
        let decoding = try await expectError(.decodingFailed) { try await query.fetchAll(db) }
        try expectEqual(decoding.table, "vaults")
        try expectEqual(decoding.columns, ["pin"])
        try expect(decoding.message.contains("'pin'"), "\(decoding)")
        try secret.expectAbsent(from: decoding)
      }
      try await expectError(.decodingFailed) {
        for try await _ in Vault.all().stream(db) {}
      }
      try expectEqual(try await Vault.find(ID(3)).fetchOne(db).pin, -7)
    },
    ConformanceCase("codecs/are prepared once a shape and key version") { trial in
      let plugin = KeyedCodecs()
      let db = try await Vault.open(trial, [plugin])
      try await Vault.insert(.init("a", code: "one")).run(db)
      try await Vault.insert(.init("b", code: "two")).run(db)
      try expectEqual(plugin.prepared, [["vaults.code"]], "one shape, twice")
      try expectEqual(try await Vault.where { $0.code == "two" }.select { $0.owner }.fetchAll(db), ["b"])
      try expectEqual(plugin.prepared.count, 2)
      _ = try await Vault.all().select { $0.owner }.fetchAll(db)
      try expectEqual(plugin.prepared.count, 2, "a shape without the column")
      plugin.turn()
      try await db.batch { batch in
        for index in 0..<3 { batch.add(Vault.insert(.init("c", code: "b\(index)"))) }
        batch.add(Vault.delete().where { $0.code == "b1" })
      }
      try expectEqual(try await Vault.where { $0.owner == "c" }.fetchCount(db), 2)
      try await Vault.insert((0..<120).map { Vault.Draft("d", code: "d\($0)") }).run(db)
      plugin.turn()
      try await db.transaction { tx in
        for try await vault in Vault.where({ $0.owner == "d" }).stream(tx) { try expect(vault.code.hasPrefix("d"), "") }
      }
      plugin.turn()
      plugin.refuse(RowanError(.permissionDenied, "no key"))
      try await expectError(.permissionDenied) { try await Vault.insert(.init("a", code: "three")).run(db) }
      plugin.refuse(nil)
      try await Vault.insert(.init("a", code: "three")).run(db)
      try expectEqual(try await Vault.where { $0.code == "three" }.fetchOne(db).owner, "a")
    },
    ConformanceCase("codecs/not of columns the database fills by itself") { trial in
      struct Misplaced: DatabasePlugin {
        let name = "misplaced"
        let column: String
        func codec(for column: ColumnSchema, of table: TableSchema) throws -> (any ColumnCodec)? {
          column.name == self.column ? ReversingCodec() : nil
        }
      }
      for (column, table) in [("id", "people"), ("score", "people")] {
        let db = try await trial.open(plugins: [Misplaced(column: column)])
        let error = try await expectError(.codedColumn) { try await Person.all().fetchAll(db) }
        try expectEqual(error.table, table)
        try expectEqual(error.columns, [column])
      }
    },
  ]
}
