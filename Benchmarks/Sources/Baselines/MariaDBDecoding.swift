import BenchMariaDB
import BenchmarkModels
import RowanCore

extension MariaDBClientStatement {
  /// The current row. Only nullable columns are asked whether they are `NULL`.
  @inline(__always) func item() -> Item {
    Item(
      id: integer(0), name: text(1), email: text(2), score: double(3), active: bool(4), note: isNull(5) ? nil : text(5))
  }

  /// The current row.
  @inline(__always) func profile() -> Profile {
    Profile(
      id: integer(0), key: bytes(1).uuid, owner: integer(2), code: text(3), city: text(4), name: text(5),
      email: text(6), bio: isNull(7) ? nil : text(7), phone: isNull(8) ? nil : text(8), age: integer(9),
      rank: isNull(10) ? nil : integer(10), visits: integer(11), latitude: double(12), longitude: double(13),
      weight: isNull(14) ? nil : double(14), active: bool(15), verified: bool(16), createdAt: timestamp(17),
      updatedAt: timestamp(18), deletedAt: isNull(19) ? nil : timestamp(19))
  }

  /// The server sends the parts of an instant one by one.
  @inline(__always) private func timestamp(_ column: Int) -> Timestamp {
    let time = time(column)
    let days = Self.days(Int64(time.year), Int64(time.month), Int64(time.day))
    let seconds = ((days * 24 + Int64(time.hour)) * 60 + Int64(time.minute)) * 60 + Int64(time.second)
    return Timestamp(microseconds: seconds * 1_000_000 + Int64(time.second_part))
  }

  /// Days since 1970. https://howardhinnant.github.io/date_algorithms.html#days_from_civil
  @inline(__always) private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}
