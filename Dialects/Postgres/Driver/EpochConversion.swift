/// PostgreSQL counts from 2000-01-01; the neutral forms count from 1970-01-01.
/// https://github.com/postgres/postgres/blob/REL_15_STABLE/src/include/datatype/timestamp.h
enum PostgresEpoch {
  /// Microseconds between the two epochs.
  static let microseconds: Int64 = 946_684_800_000_000
  /// Days between the two epochs.
  static let days: Int64 = 10_957
  /// The timestamps the server holds, in its own count: from 4714-11-24 BC to 294276 AD.
  static let timestamps: Range<Int64> = -211_813_488_000_000_000..<9_223_371_331_200_000_000
  /// The dates the server holds, in its own count: from 4714-11-24 BC to 5874897 AD.
  static let dates: Range<Int64> = -2_451_545..<2_145_031_949
  /// The times of day the server holds, `24:00:00` included.
  static let times: ClosedRange<Int64> = 0...86_400_000_000
}
