import RowanCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

enum ValueCases {
  static let cases: [ConformanceCase] = [
    ConformanceCase("values/signed integers") { trial in
      try await trial.roundTrip(Int8Kind.self, [.min, -1, 0, 1, .max])
      try await trial.roundTrip(Int16Kind.self, [.min, -1, 0, 1, .max])
      try await trial.roundTrip(Int32Kind.self, [.min, -1, 0, 1, .max])
      try await trial.roundTrip(Int64Kind.self, [.min, .min + 1, -1, 0, 1, .max - 1, .max])
      try await trial.roundTrip(IntKind.self, [.min, -1, 0, 1, 9_007_199_254_740_993, .max])
    },
    ConformanceCase("values/unsigned integers") { trial in
      try await trial.roundTrip(UInt8Kind.self, [0, 1, 127, 128, .max])
      try await trial.roundTrip(UInt16Kind.self, [0, 1, 32_768, .max])
      try await trial.roundTrip(UInt32Kind.self, [0, 1, 2_147_483_648, .max])
      try await trial.roundTrip(UInt64Kind.self, [0, 1, UInt64(Int64.max)])
      try await trial.roundTrip(UIntKind.self, [0, 1, UInt(Int64.max)])
    },
    ConformanceCase("values/unsigned integers above Int64.max are exact or refused") { trial in
      for value in [UInt64(Int64.max) + 1, .max - 1, .max] {
        let isStored = try await trial.storedOrRefused(UInt64Kind.self, value, by: ==)
        try expectEqual(isStored, trial.capabilities.unsignedBigint, "\(value) stored")
      }
    },
    ConformanceCase("values/booleans") { trial in
      try await trial.roundTrip(BoolKind.self, [true, false])
    },
    ConformanceCase("values/floats") { trial in
      let values: [Float] = [0, 1, -1, 0.1, .pi, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 16_777_216]
      try await trial.roundTrip(FloatKind.self, values, findable: false)
      // FLOAT of MySQL is compared as what it was rounded to from a double, so only exact ones are looked for.
      try await trial.roundTrip(FloatKind.self, [0.5, -2, 16_777_216])
    },
    ConformanceCase("values/doubles") { trial in
      try await trial.roundTrip(
        DoubleKind.self,
        [
          0, 1, -1, 0.1, .pi, 1.0 / 3, 1e-300, 1e300, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
          .leastNormalMagnitude, 9_007_199_254_740_992, 123_456_789.123_456_789,
        ])
    },
    ConformanceCase("values/subnormal doubles are exact or refused, and zero keeps its value whatever its sign") {
      trial in
      let stored = trial.expected([.postgres: true, .sqlite: true, .mysql: true])
      for value in [Double(bitPattern: 1), -Double(bitPattern: 1), .leastNormalMagnitude.nextDown] {
        let isStored = try await trial.storedOrRefused(DoubleKind.self, value) { $0.bitPattern == $1.bitPattern }
        if let stored { try expectEqual(isStored, stored, "\(value) stored") }
      }
      for value in [Float(bitPattern: 1), -Float(bitPattern: 1), .leastNormalMagnitude.nextDown] {
        let isStored = try await trial.storedOrRefused(FloatKind.self, value) { $0.bitPattern == $1.bitPattern }
        if let stored { try expectEqual(isStored, stored, "\(value) stored") }
      }
      // SQLite stores a double that is a whole number as an integer, which has one zero only.
      // https://sqlite.org/datatype3.html#storage_classes_and_datatypes
      try expect(try await trial.storedOrRefused(DoubleKind.self, -0.0, by: ==), "a zero was refused")
      try expect(try await trial.storedOrRefused(FloatKind.self, -0.0, by: ==), "a zero was refused")
      if let sign = trial.expected([.postgres: FloatingPointSign.minus, .sqlite: .plus, .mysql: .plus]) {
        try await trial.storedOrRefused(DoubleKind.self, -0.0) { read, _ in read.isZero && read.sign == sign }
        try await trial.storedOrRefused(FloatKind.self, -0.0) { read, _ in read.isZero && read.sign == sign }
      }
    },
    ConformanceCase("values/NaN and infinities are exact or refused") { trial in
      for value in [Double.nan, .infinity, -.infinity] {
        let isStored = try await trial.storedOrRefused(DoubleKind.self, value) { $0 == $1 || ($0.isNaN && $1.isNaN) }
        if trial.capabilities.nonFiniteDoubles { try expect(isStored, "\(value) was refused") }
      }
      for value in [Float.nan, .infinity, -.infinity] {
        let isStored = try await trial.storedOrRefused(FloatKind.self, value) { $0 == $1 || ($0.isNaN && $1.isNaN) }
        if trial.capabilities.nonFiniteDoubles { try expect(isStored, "\(value) was refused") }
      }
    },
    ConformanceCase("values/texts") { trial in
      let values = [
        "", " ", "a", " padded ", "it's", "\"double\"", "back\\slash", "line\nbreak\r\n\ttab", "naïve café",
        "e\u{301}combining", "\u{1F469}\u{200D}\u{1F4BB} \u{1F3F3}\u{FE0F}\u{200D}\u{1F308}", "\u{10FFFF}",
        "\u{FEFF}bom", "\u{202E}rtl", "中文字符", "%_*?[a-z]", "-- comment", "/* comment */", "\u{1}\u{1F}\u{7F}",
        "NULL", "?", "$1", ":name", "@p1", String(repeating: "x", count: 100_000),
      ]
      // A collation may take some of these for equal, so `==` is tried with those that no collation confuses.
      try await trial.roundTrip(StringKind.self, values, findable: false)
      try await trial.roundTrip(StringKind.self, ["a", "it's", "back\\slash", "中文字符", "%_*?[a-z]", "NULL", "?"])
    },
    ConformanceCase("values/texts with NUL are exact or refused") { trial in
      for value in ["\0", "a\0b", "a\0"] {
        let isStored = try await trial.storedOrRefused(StringKind.self, value) { Array($0.utf8) == Array($1.utf8) }
        try expectEqual(isStored, trial.capabilities.nulInText, "a NUL stored")
      }
    },
    ConformanceCase("values/texts too long for their column are refused, or exact") { trial in
      try await trial.storedOrRefused(VarcharKind.self, "0123456789a", by: ==)
      let longest = String(repeating: "\u{1F600}", count: 10)
      try expect(try await trial.storedOrRefused(VarcharKind.self, longest, by: ==), "10 characters were refused")
    },
    ConformanceCase("values/numbers too large for their column are refused, and the row stays as it was") { trial in
      let db = trial.db
      try await db.createTables([Stored<Int16Kind>.self, Stored<Int64Kind>.self])
      try await Stored<Int16Kind>.insert([.init(1, .max), .init(2, .min)]).run(db)
      try await Stored<Int64Kind>.insert([.init(1, .max), .init(2, .min)]).run(db)
      try await expectError(.valueOutOfRange, .checkViolation) {
        try await Stored<Int16Kind>.update { $0.value = $0.value + 1 }.where { $0.id == 1 }.run(db)
      }
      try await expectError(.valueOutOfRange, .checkViolation) {
        try await Stored<Int16Kind>.update { $0.value = $0.value - 1 }.where { $0.id == 2 }.run(db)
      }
      try await expectError(.valueOutOfRange, .checkViolation) {
        try await Stored<Int64Kind>.update { $0.value = $0.value + 1 }.where { $0.id == 1 }.run(db)
      }
      try await expectError(.valueOutOfRange, .checkViolation) {
        try await Stored<Int64Kind>.update { $0.value = $0.value * 2 }.where { $0.id == 2 }.run(db)
      }
      try await expectError(.valueOutOfRange, .checkViolation) {
        try await Stored<Int64Kind>.insert(.init(1, 0)).onConflict({ $0.id }) { old, _ in old.value = old.value + 1 }
          .run(db)
      }
      try expectEqual(
        try await Stored<Int16Kind>.all().order { $0.id.ascending() }.fetchAll(db).map(\.value), [.max, .min])
      try expectEqual(
        try await Stored<Int64Kind>.all().order { $0.id.ascending() }.fetchAll(db).map(\.value), [.max, .min])
      try await Stored<Int64Kind>.update { $0.value = $0.value - 1 }.where { $0.id == 1 }.run(db)
      try await Stored<Int16Kind>.update { $0.value = $0.value + 1 }.where { $0.id == 2 }.run(db)
      try expectEqual(try await Stored<Int64Kind>.find(1).fetchOne(db).value, .max - 1)
      try expectEqual(try await Stored<Int16Kind>.find(2).fetchOne(db).value, .min + 1)
    },
    ConformanceCase("values/bytes") { trial in
      let all = (0...255).map { UInt8($0) }
      try await trial.roundTrip(BytesKind.self, [[], [0], [0, 0], all, [UInt8](repeating: 0xFF, count: 100_000)])
      try await trial.roundTrip(DataKind.self, [Data(), Data([0, 1, 0x27, 0x5C, 0xFF]), Data(all)])
    },
    ConformanceCase("values/UUIDs") { trial in
      let one = try expectPresent(UUID(uuidString: "00112233-4455-6677-8899-AABBCCDDEEFF"))
      let zero = try expectPresent(UUID(uuidString: "00000000-0000-0000-0000-000000000000"))
      let last = try expectPresent(UUID(uuidString: "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"))
      try await trial.roundTrip(UUIDKind.self, [one, zero, last])
    },
    ConformanceCase("values/identifiers of each kind") { trial in
      let uuid = try expectPresent(UUID(uuidString: "00112233-4455-6677-8899-AABBCCDDEEFF"))
      try await trial.roundTrip(TextIDKind.self, [ID("a"), ID("it's"), ID("ünï")])
      try await trial.roundTrip(UUIDIDKind.self, [ID(uuid)])
      try await trial.roundTrip(Int32IDKind.self, [ID(.min), ID(0), ID(.max)])
      try await trial.roundTrip(IntIDKind.self, [ID(.min), ID(0), ID(.max)])
    },
    ConformanceCase("values/enums by raw value") { trial in
      try await trial.roundTrip(StatusKind.self, Status.allCases)
      try await trial.roundTrip(LevelKind.self, Level.allCases)
    },
    ConformanceCase("values/a raw value without a case fails to decode and is not shown") { trial in
      try await trial.db.createTables([Stored<StatusKind>.self])
      try await SQL("INSERT INTO \(Stored<StatusKind>.self) (id, value) VALUES (1, 'sekret')").run(trial.db)
      let error = try await expectError(.decodingFailed) { try await Stored<StatusKind>.find(1).fetchOne(trial.db) }
      try expect("\(error)".contains("Status"), "the type is not named: \(error)")
      try expect("\(error)".contains("value"), "the column is not named: \(error)")
      try expect(!"\(error)".contains("sekret"), "the value is shown: \(error)")
    },
    ConformanceCase("values/a type of one's own") { trial in
      try await trial.roundTrip(EmailKind.self, [Email("a@b.c"), Email("it's@x")])
      try await trial.db.createTables([Stored<EmailKind>.self])
      let refused = try await expectError(.encodingFailed) {
        try await Stored<EmailKind>.insert(.init(1, Email("sekret"))).run(trial.db)
      }
      try expect(!"\(refused)".contains("sekret"), "the value is shown: \(refused)")
      try await SQL("INSERT INTO \(Stored<EmailKind>.self) (id, value) VALUES (1, 'sekret')").run(trial.db)
      let failed = try await expectError(.decodingFailed) { try await Stored<EmailKind>.find(1).fetchOne(trial.db) }
      try expect("\(failed)".contains("an e-mail address has an @"), "the rule is not named: \(failed)")
      try expect(!"\(failed)".contains("sekret"), "the value is shown: \(failed)")
    },
    ConformanceCase("values/JSON documents") { trial in
      let values = [
        JSON(Document(title: "")),
        JSON(Document(title: "it's \"quoted\" \\ \u{1F600}\n", tags: ["a", ""], ratio: 0.1)),
        JSON(Document(title: "n", nested: ["b": 2, "a": -1])), JSON(Document(title: "/", ratio: 1e300)),
      ]
      try await trial.roundTrip(DocumentKind.self, values, findable: false)
    },
    ConformanceCase("values/a document of another type fails to decode and is not shown") { trial in
      try await trial.db.createTables([Stored<DocumentKind>.self])
      try await SQL(#"INSERT INTO \#(Stored<DocumentKind>.self) (id, value) VALUES (1, '{"sekret": 3}')"#)
        .run(trial.db)
      let error = try await expectError(.decodingFailed) { try await Stored<DocumentKind>.find(1).fetchOne(trial.db) }
      try expect(!"\(error)".contains("sekret"), "the value is shown: \(error)")
    },
    ConformanceCase("values/arrays") { trial in
      try await trial.roundTrip(IntegersKind.self, [[], [1], [.min, -1, 0, .max]], findable: false)
      try await trial.roundTrip(
        SomeStringsKind.self, [[], [nil], ["", nil, "it's", "{\"a\",}", "NULL", "\\", "\u{1F600}"]], findable: false)
      try await trial.roundTrip(DoublesKind.self, [[], [0.1, -1e300, Double(bitPattern: 1)]], findable: false)
      try await trial.roundTrip(BoolsKind.self, [[], [true, false]], findable: false)
      let decimals = [Decimal(sign: .plus, exponent: -10, significand: 1), Decimal(-3)]
      try await trial.roundTrip(DecimalsKind.self, [[], decimals], findable: false)
      let uuid = try expectPresent(UUID(uuidString: "00112233-4455-6677-8899-AABBCCDDEEFF"))
      try await trial.roundTrip(UUIDsKind.self, [[], [uuid]], findable: false)
      try await trial.roundTrip(
        TimestampsKind.self, [[], [Timestamp(microseconds: 1_700_000_000_123_456), Timestamp(microseconds: -1)]],
        findable: false)
      try await trial.roundTrip(
        DatesKind.self, [[], [CalendarDate(days: 0), CalendarDate(days: -1), CalendarDate(days: 20_000)]],
        findable: false)
      try await trial.roundTrip(StatusesKind.self, [[], Status.allCases], findable: false)
      try await trial.roundTrip(BlobsKind.self, [[], [[], [0, 0x5C, 0x27, 0xFF]]], findable: false)
    },
  ]
}
