import RowanCore

enum HostileInputCases {
  static let texts = [
    "", " ", "'", "''", "\"", "\"\"", "`", "``", "\\", "\\'", "\\\"", "\\\\", "';--", "'; DROP TABLE people; --",
    "\" OR \"\"=\"", "' OR '1'='1", "1; DELETE FROM people", "--", "/* */", "*/", "#", "%", "_", "%%", "100%_\\%",
    "\\%",
    "?", "$1", ":name", "@a", "{}", "[x]", "\n", "\r\n", "\t", "\u{1}", "\u{1B}[31m", "\u{202E}abc", "\u{200B}",
    "\u{FEFF}", "e\u{301}", "\u{E9}", "\u{1F600}", "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", "NULL", "null",
    "true", "E'x'", "x''", "0x41", "\u{FFFD}", "\u{10FFFF}", "select", "ÀÉ", "\\0", "\\x00", "$$", "$tag$", "\u{7F}",
  ]

  /// A table whose names are chosen at run time.
  fileprivate struct Named: Hashable {
    let id: Int64
    var text: String

    @TaskLocal static var current = TableSchema("named", columns: [])

    static func schema(_ table: String, _ column: String, default text: String) -> TableSchema {
      TableSchema(
        table,
        columns: [
          ColumnSchema("id", Int64.self, .primaryKey),
          ColumnSchema(column, String.self, .varchar(200), default: .literal(text)),
        ],
        indexes: [IndexSchema([column])])
    }

    struct Columns: TableColumns {
      typealias Root = Named
      let rowanSlot: Slot
      init(_ slot: Slot) { rowanSlot = slot }
      var id: Column<Named, Int64> { Column(rowanSlot, 0) }
      var text: Column<Named, String> { Column(rowanSlot, 1) }
    }

    struct Draft: TableDraft {
      typealias Model = Named
      var id: Int64
      var text: String?
      func encode(into row: inout RowEncoder) {
        row.set(0, id)
        row.setIfPresent(1, text)
      }
    }
  }

  private static let names =
    texts.filter { !$0.isEmpty } + [
      "with space", " leading", "trailing ", "UPPER", "a.b", "semi;colon", "com,ma", "(paren)", "a\"b`c'd",
      "x\" (id INTEGER); DROP TABLE people; --", "x` (id INTEGER); DROP TABLE people; --", "sqlite_x", "pg_x",
    ]

  /// Uses a table and a column called `name` in every kind of statement.
  private static func use(_ name: String, _ trial: Trial) async throws {
    let db = trial.db
    try await db.createTables([Named.self])
    try await Named.insert(.init(id: 1, text: name)).run(db)
    try await Named.insert([.init(id: 2), .init(id: 3, text: "other")]).run(db)
    try expectEqual(try await Named.where { $0.text == name }.order { $0.text.ascending() }.fetchAll(db).count, 2)
    try expectEqual(try await Named.where { $0.text.in([name]) }.fetchCount(db), 2)
    try expectEqual(try await Named.where { $0.text.contains(name) }.fetchCount(db), 2)
    let raw = try await SQL("SELECT \(identifier: Named.schema.columns[1].name) FROM \(Named.self) WHERE id = 1")
      .as(String.self).fetchOne(db)
    try expectEqual(raw, name)
    try await Named.insert(.init(id: 1, text: "again")).onConflict({ $0.id }) { $0.text = $1.text }.run(db)
    try expectEqual(try await Named.where { $0.id == 1 }.fetchOne(db).text, "again")
    try await Named.update { $0.text = $0.text + name }.where { $0.id == 3 }.run(db)
    try expectEqual(try await Named.where { $0.id == 3 }.fetchOne(db).text, "other\(name)")
    _ = try await Named.update { $0.text = name }.where { $0.id == 3 }.returning().fetchAll(db)
    let groups = try await Named.group { $0.text }.select { key, _ in key }.fetchAll(db)
    try expectEqual(Set(groups), [name, "again"])
    try await Named.delete().where { $0.text == name }.run(db)
    try expectEqual(try await Named.all().fetchCount(db), 1)
    try await db.dropTables([Named.self])
  }

  static let cases: [ConformanceCase] = [
    ConformanceCase("hostile input/names of tables and columns, and defaults, work or are refused as names") { trial in
      try await Person.createAndFill(trial.db)
      var refused: [String] = []
      for name in names {
        try await Named.$current.withValue(Named.schema(name, name, default: name)) {
          do {
            try await use(name, trial)
          } catch let error as RowanError where error.code == .invalidIdentifier {
            refused.append(name)
          } catch {
            throw ConformanceFailure("the name \(name.debugDescription): \(error)", file: #fileID, line: #line)
          }
        }
        try expectEqual(try await Person.all().fetchCount(trial.db), 4, "people after \(name.debugDescription)")
      }
      // What an engine's own rules for names exclude, and nothing else.
      let reasons: [String: String] = [
        "\u{1F600}": "beyond the BMP", "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}": "beyond the BMP",
        "\u{10FFFF}": "beyond the BMP", " ": "ends in a blank", "trailing ": "ends in a blank",
        "\t": "ends in a blank", "\n": "ends in a blank", "\r\n": "ends in a blank", "sqlite_x": "reserved",
      ]
      for name in refused { try expect(reasons[name] != nil, "\(name.debugDescription) was refused") }
    },
    ConformanceCase("hostile input/names that are empty, hold NUL or are too long are refused before they are sent") {
      trial in
      try await Person.createAndFill(trial.db)
      let limit = trial.capabilities.maxIdentifierBytes
      var bad = ["", "\0", "a\0b"]
      if limit < 10_000 {
        bad += [String(repeating: "x", count: limit + 1), String(repeating: "\u{20AC}", count: limit)]
      }
      for name in bad {
        for (table, column) in [(name, "plain"), ("plain", name)] {
          try await Named.$current.withValue(Named.schema(table, column, default: "")) {
            try await expectError(.invalidIdentifier) { try await trial.db.createTables([Named.self]) }
            try await expectError(.invalidIdentifier) { try await Named.all().fetchAll(trial.db) }
            try await expectError(.invalidIdentifier) { try await Named.insert(.init(id: 1, text: "")).run(trial.db) }
          }
        }
        try await expectError(.invalidIdentifier) {
          try await SQL("SELECT 1 AS \(identifier: name)").as(Int64.self).fetchAll(trial.db)
        }
      }
      // No engine takes less than 63 bytes.
      let longest = String(repeating: "x", count: Swift.min(limit, 63))
      try await Named.$current.withValue(Named.schema(longest, longest, default: "value")) {
        try await use("value", trial)
      }
      try await trial.expectIntact()
    },
    ConformanceCase("hostile input/values by every way in") { trial in
      try await Person.createAndFill(trial.db)
      try await trial.db.createTables([Stored<StringKind>.self])
      let db = trial.db
      for (index, text) in texts.enumerated() {
        let id = Int64(index)
        try await Stored<StringKind>.insert(.init(id, text, text)).run(db)
        try expectEqual(try await Stored<StringKind>.find(id).fetchOne(db).value, text, text.debugDescription)
        try await Stored<StringKind>.update { $0.maybe = text }.where { $0.value == text }.run(db)
        try await Stored<StringKind>.insert(.init(id, text)).onConflict({ $0.id }) { row, new in
          row.value = new.value
          row.maybe = text
        }.run(db)
        let raw = try await SQL("SELECT value FROM \(Stored<StringKind>.self) WHERE value = \(text)").as(String.self)
          .fetchAll(db)
        try expectEqual(raw, [text], text.debugDescription)
      }
      let all = try await Stored<StringKind>.order { $0.id.ascending() }.fetchAll(db)
      try expectEqual(all.map(\.value), texts)
      try expectEqual(all.map(\.maybe), texts)
      for (index, text) in texts.enumerated() {
        let equal = try await Stored<StringKind>.where { $0.value == text }.select { $0.id }.fetchAll(db)
        try expectEqual(equal, [Int64(index)], "== \(text.debugDescription)")
        let listed = try await Stored<StringKind>.where { $0.value.in([text, "\(text)?"]) }.fetchCount(db)
        try expectEqual(listed, texts.contains("\(text)?") ? 2 : 1, "in \(text.debugDescription)")
        func matches(_ wanted: (String) -> Bool, _ condition: (Stored<StringKind>.Columns) -> Condition) async throws {
          let found = try await Stored<StringKind>.where(condition).order { $0.id.ascending() }.select { $0.value }
            .fetchAll(db)
          let expected = texts.filter(wanted)
          if found != expected {
            throw ConformanceFailure(
              "\(text.debugDescription): expected \(expected), found \(found)", file: #fileID, line: #line)
          }
        }
        try await matches({ Array($0.utf8).starts(with: text.utf8) }) { $0.value.hasPrefix(text) }
        try await matches({ Array($0.utf8.reversed()).starts(with: text.utf8.reversed()) }) { $0.value.hasSuffix(text) }
        try await matches({ contains(Array($0.utf8), Array(text.utf8)) }) { $0.value.contains(text) }
        try await matches({ _ in true }) { $0.value.like("%") || $0.value == text }
      }
      try expectEqual(try await Person.all().fetchCount(db), 4)
      try await trial.expectIntact()
    },
    ConformanceCase("hostile input/NUL in a value is stored as it is, or refused before it is sent") { trial in
      try await trial.db.createTables([Stored<StringKind>.self])
      for text in ["\0", "a\0b", "'\0; DROP TABLE people"] {
        if trial.capabilities.nulInText {
          try await Stored<StringKind>.insert(.init(1, text)).run(trial.db)
          try expectEqual(try await Stored<StringKind>.find(1).fetchOne(trial.db).value, text)
          try await Stored<StringKind>.delete().all.run(trial.db)
          continue
        }
        let bodies: [() async throws -> Void] = [
          { try await Stored<StringKind>.insert(.init(1, text)).run(trial.db) },
          { try await Stored<StringKind>.insert([.init(1, "a"), .init(2, text)]).run(trial.db) },
          { _ = try await Stored<StringKind>.where { $0.value == text }.fetchAll(trial.db) },
          { _ = try await Stored<StringKind>.where { $0.value.in(["a", text]) }.fetchAll(trial.db) },
          { _ = try await Stored<StringKind>.where { $0.value.contains(text) }.fetchAll(trial.db) },
          { try await Stored<StringKind>.update { $0.value = text }.all.run(trial.db) },
          { _ = try await SQL("SELECT \(text) AS t").as(String.self).fetchAll(trial.db) },
          { try await trial.db.batch { $0.add(Stored<StringKind>.insert(.init(1, text))) } },
        ]
        for body in bodies { try await expectError(.encodingFailed, .valueOutOfRange) { try await body() } }
      }
      try expectEqual(try await Stored<StringKind>.all().fetchCount(trial.db), 0)
      try await trial.expectIntact()
    },
  ]

  private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    if part.isEmpty { return true }
    guard text.count >= part.count else { return false }
    return (0...(text.count - part.count)).contains { text[$0..<($0 + part.count)].elementsEqual(part) }
  }
}

extension HostileInputCases.Named: Table {
  typealias Row = HostileInputCases.Named
  typealias AsNullable = Outer<HostileInputCases.Named>

  static var schema: TableSchema { current }

  init(row: inout RowReader) throws(DecodeFailure) {
    id = try Int64.read(&row)
    text = try String.read(&row)
  }

  func encode(into row: inout RowEncoder) {
    row.set(0, id)
    row.set(1, text)
  }
}
