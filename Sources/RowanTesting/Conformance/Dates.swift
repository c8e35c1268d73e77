import RowanCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

enum DateCases {
  private static func instant(_ text: String) throws -> Timestamp { try expectPresent(Timestamp(text), text) }

  static let cases: [ConformanceCase] = [
    ConformanceCase("dates/timestamps are exact to the microsecond") { trial in
      let texts = [
        "1970-01-01T00:00:00Z", "1969-12-31T23:59:59.999999Z", "2024-02-29T23:59:59.000001Z",
        "2038-01-19T03:14:08.5Z", "1000-01-01T00:00:00.000001Z", "1900-02-28T12:00:00Z", "9999-12-31T23:59:59.999999Z",
        "2262-04-11T23:47:16.854775Z", "2270-07-07T07:07:07.777777Z", "2024-03-31T02:30:00Z",
      ]
      try await trial.roundTrip(TimestampKind.self, try texts.map { try instant($0) })
    },
    ConformanceCase("dates/timestamps order") { trial in
      try await trial.db.createTables([Stored<TimestampKind>.self])
      let values = [-1_000_000, -1, 0, 1, 999_999, 1_000_000].map { Timestamp(microseconds: $0) }
      try await Stored<TimestampKind>.insert(values.enumerated().reversed().map { .init(Int64($0.offset), $0.element) })
        .run(trial.db)
      let found = try await Stored<TimestampKind>.order { $0.value.ascending() }.select { $0.value }.fetchAll(trial.db)
      try expectEqual(found, values)
      let early = try await Stored<TimestampKind>.where { $0.value < values[2] }.fetchCount(trial.db)
      try expectEqual(early, 2)
    },
    ConformanceCase("dates/timestamps out of the engine's range are exact or refused") { trial in
      for value in ["0000-01-01T00:00:00Z", "0999-12-31T23:59:59.999999Z", "10000-01-01T00:00:00Z"] {
        guard let timestamp = Timestamp(value) else { continue }
        try await trial.storedOrRefused(TimestampKind.self, timestamp, by: ==)
      }
      for value in [Timestamp(microseconds: .min), Timestamp(microseconds: .max)] {
        try await trial.storedOrRefused(TimestampKind.self, value, by: ==)
      }
    },
    ConformanceCase("dates/Date is rounded to the microsecond") { trial in
      let values = [0, -0.5, 1_700_000_000.25, 1_700_000_000.123_456].map { Date(timeIntervalSince1970: $0) }
      try await trial.roundTrip(DateKind.self, values) { abs($0.timeIntervalSince($1)) < 0.000_001 }
    },
    ConformanceCase("dates/Date finer than a microsecond is read back as the nearest one") { trial in
      // Seconds since 2001 and the whole microseconds they become. 2^-7 and 3 * 2^-7 lie exactly between two: the even
      // one is taken.
      let rounded: [(Double, Int64)] = [
        (0.000_000_4, 0), (0.000_000_6, 1), (-0.000_000_4, 0), (-0.000_000_6, -1), (1.000_000_4, 1_000_000),
        (1.000_000_6, 1_000_001), (0.007_812_5, 7_812), (0.023_437_5, 23_438), (-0.007_812_5, -7_812),
      ]
      let start = try instant("2001-01-01T00:00:00Z").microseconds
      for (seconds, microseconds) in rounded {
        let date = Date(timeIntervalSinceReferenceDate: seconds)
        let nearest = Timestamp(microseconds: start + microseconds).date
        let isStored = try await trial.storedOrRefused(DateKind.self, date) { read, _ in read == nearest }
        try expect(isStored, "\(seconds) s was refused")
        let found = try await Stored<DateKind>.where { $0.value == date }.fetchCount(trial.db)
        try expectEqual(found, 1, "rows found by \(seconds) s")
      }
    },
    ConformanceCase("dates/calendar dates") { trial in
      let values = try [(1970, 1, 1), (1969, 12, 31), (2024, 2, 29), (1000, 1, 1), (9999, 12, 31), (1582, 10, 10)].map {
        try expectPresent(CalendarDate(year: $0.0, month: $0.1, day: $0.2))
      }
      try await trial.roundTrip(CalendarDateKind.self, values)
      for value in [CalendarDate(days: .min), CalendarDate(days: .max), CalendarDate(days: -719_529)] {
        try await trial.storedOrRefused(CalendarDateKind.self, value, by: ==)
      }
    },
    ConformanceCase("dates/times of day") { trial in
      let values = [0, 1, 999_999, 43_200_000_000, 86_399_999_999].map { TimeOfDay(microseconds: $0) }
      try await trial.roundTrip(TimeOfDayKind.self, values)
      for value in [TimeOfDay(microseconds: -1), TimeOfDay(microseconds: 86_400_000_000)] {
        try await trial.db.createTables([Stored<TimeOfDayKind>.self], ifNotExists: true)
        try await expectError(.encodingFailed, .valueOutOfRange) {
          try await Stored<TimeOfDayKind>.insert(.init(1, value)).run(trial.db)
        }
      }
    },
    ConformanceCase("dates/intervals keep months, days and microseconds apart") { trial in
      let values = [
        Interval(), Interval(months: 1), Interval(days: 30), Interval(microseconds: 86_400_000_000),
        Interval(months: -14, days: 3, microseconds: -1), Interval(months: 2_000, days: -40, microseconds: 999_999),
      ]
      try await trial.roundTrip(IntervalKind.self, values, findable: false)
      for value in [
        Interval(months: .min, days: .min, microseconds: .min), Interval(months: .max, days: .max, microseconds: .max),
      ] {
        try await trial.storedOrRefused(IntervalKind.self, value, by: ==)
      }
    },
    ConformanceCase("dates/the default of now is the database's clock") { trial in
      try await trial.db.createTables([Stamped.self])
      let before = Timestamp.now()
      try await Stamped.insert(.init(id: 1)).run(trial.db)
      let stored = try await Stamped.find(1).fetchOne(trial.db).createdAt
      let after = Timestamp.now()
      // Engines may cut to milliseconds.
      try expect(
        stored.microseconds >= before.microseconds - 1000 && stored.microseconds <= after.microseconds + 1000,
        "stored \(stored), between \(before) and \(after)")
    },
  ]
}
