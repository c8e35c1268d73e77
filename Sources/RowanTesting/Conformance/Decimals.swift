import RowanCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

enum DecimalCases {
  private static func number(_ text: String) throws -> Decimal { try expectPresent(Decimal(string: text), text) }

  private static let texts = [
    "-9999999999999999999999999999.9999999999", "-10.5", "-9.5", "-1", "-0.0000000001", "0", "0.0000000001", "0.1", "1",
    "9.5", "10", "10.0000000001", "123456789012345678", "12345678901234567890.123456789",
    "9999999999999999999999999999.9999999999",
  ]

  static let cases: [ConformanceCase] = [
    ConformanceCase("decimals/38 digits are exact") { trial in
      try await trial.roundTrip(DecimalKind.self, try texts.map { try number($0) })
    },
    ConformanceCase("decimals/order as numbers") { trial in
      try await trial.db.createTables([Stored<DecimalKind>.self])
      let values = try texts.map { try number($0) }
      try await Stored<DecimalKind>.insert(values.enumerated().reversed().map { .init(Int64($0.offset), $0.element) })
        .run(trial.db)
      let up = try await Stored<DecimalKind>.order { $0.value.ascending() }.select { $0.value }.fetchAll(trial.db)
      try expectEqual(up, values)
      let down = try await Stored<DecimalKind>.order { $0.value.descending() }.select { $0.value }.fetchAll(trial.db)
      try expectEqual(down, values.reversed())
    },
    ConformanceCase("decimals/compare as numbers") { trial in
      try await trial.db.createTables([Stored<DecimalKind>.self])
      let values = try texts.map { try number($0) }
      try await Stored<DecimalKind>.insert(values.enumerated().map { .init(Int64($0.offset), $0.element) })
        .run(trial.db)
      let bound = try number("9.50")
      func count(_ condition: (Stored<DecimalKind>.Columns) -> Condition) async throws -> Int {
        try await Stored<DecimalKind>.where(condition).fetchCount(trial.db)
      }
      try expectEqual(try await count { $0.value == bound }, 1, "==")
      try expectEqual(try await count { $0.value != bound }, values.count - 1, "!=")
      try expectEqual(try await count { $0.value < bound }, values.count { $0 < bound }, "<")
      try expectEqual(try await count { $0.value <= bound }, values.count { $0 <= bound }, "<=")
      try expectEqual(try await count { $0.value > bound }, values.count { $0 > bound }, ">")
      try expectEqual(try await count { $0.value >= bound }, values.count { $0 >= bound }, ">=")
      let ten = Decimal(10)
      try expectEqual(try await count { $0.value.between(bound, and: ten) }, 2, "between")
      try expectEqual(try await count { $0.value.in([bound, ten, 77]) }, 2, "in")
      try expectEqual(try await count { $0.value.isDistinct(from: bound) }, values.count - 1, "is distinct")
      try expectEqual(try await count { $0.maybe.isNotDistinct(from: $0.value) }, 0, "is not distinct")
    },
    ConformanceCase("decimals/sum, smallest, largest and arithmetic are exact") { trial in
      try await trial.db.createTables([Stored<DecimalKind>.self])
      let values = try ["0.1", "0.2", "12345678901234567890.0000000001", "-3"].map { try number($0) }
      try await Stored<DecimalKind>.insert(values.enumerated().map { .init(Int64($0.offset), $0.element) })
        .run(trial.db)
      let found = try await Stored<DecimalKind>.all()
        .select { ($0.value.sum(), $0.value.min(), $0.value.max(), $0.maybe.sum()) }.fetchOne(trial.db)
      try expectEqual(found.0, try number("12345678901234567887.3000000001"), "sum")
      try expectEqual(found.1, -3, "min")
      try expectEqual(found.2, values[2], "max")
      try expectEqual(found.3, nil, "sum of no values")
      let more = try await Stored<DecimalKind>.order { $0.id.ascending() }.select { $0.value + values[0] }
        .fetchAll(trial.db)
      try expectEqual(more, values.map { $0 + values[0] }, "+")
      let less = try await Stored<DecimalKind>.order { $0.id.ascending() }.select { $0.value - $0.value }
        .fetchAll(trial.db)
      try expectEqual(less, [0, 0, 0, 0], "-")
      let twice = try await Stored<DecimalKind>.where { $0.id == 0 }.select { $0.value * 2 }.fetchOne(trial.db)
      try expectEqual(twice, try number("0.2"), "*")
      try await Stored<DecimalKind>.update { $0.value = $0.value + values[1] }.where { $0.id == 0 }.run(trial.db)
      try expectEqual(try await Stored<DecimalKind>.find(0).fetchOne(trial.db).value, try number("0.3"), "update")
    },
    ConformanceCase("decimals/group and fold equal ones of another scale") { trial in
      try await trial.db.createTables([Stored<DecimalKind>.self])
      try await Stored<DecimalKind>.insert([
        .init(1, try number("1.5")), .init(2, try number("1.50")), .init(3, try number("15E-1")), .init(4, 2),
      ]).run(trial.db)
      let distinct = try await Stored<DecimalKind>.select { $0.value }.distinct().fetchAll(trial.db)
      try expectEqual(Set(distinct), [try number("1.5"), 2])
      let groups = try await Stored<DecimalKind>.group { $0.value }.order { key, _ in key.ascending() }
        .select { key, row in (key, row.id.count()) }.fetchAll(trial.db)
      try expectRows(groups, [(try number("1.5"), 3), (2, 1)], by: ==)
    },
    ConformanceCase("decimals/what is no number or too long is refused") { trial in
      try await trial.db.createTables([Stored<DecimalKind>.self])
      try await expectError(.encodingFailed) { try await Stored<DecimalKind>.insert(.init(1, .nan)).run(trial.db) }
      let long = try number("123456789012345678901234567890123456789")
      try await expectError(.encodingFailed, .valueOutOfRange) {
        try await Stored<DecimalKind>.insert(.init(1, long)).run(trial.db)
      }
      try expectEqual(try await Stored<DecimalKind>.all().fetchCount(trial.db), 0)
      // 29 digits before the point of a column for 28.
      try await trial.storedOrRefused(DecimalKind.self, try number("12345678901234567890123456789"), by: ==)
    },
  ]
}
