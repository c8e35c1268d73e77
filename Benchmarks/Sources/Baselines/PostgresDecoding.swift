import BenchmarkModels
import RowanCore

extension PostgresClientResult {
  /// The row at `row`. Only nullable columns are asked whether they are `NULL`.
  @inline(__always) func item(_ row: Int32) -> Item {
    Item(
      id: integer(row, 0), name: text(row, 1), email: text(row, 2), score: double(row, 3), active: bool(row, 4),
      note: isNull(row, 5) ? nil : text(row, 5))
  }

  /// The row at `row`.
  @inline(__always) func profile(_ row: Int32) -> Profile {
    Profile(
      id: integer(row, 0), key: bytes(row, 1).uuid, owner: integer(row, 2), code: text(row, 3), city: text(row, 4),
      name: text(row, 5), email: text(row, 6), bio: isNull(row, 7) ? nil : text(row, 7),
      phone: isNull(row, 8) ? nil : text(row, 8), age: integer(row, 9), rank: isNull(row, 10) ? nil : integer(row, 10),
      visits: integer(row, 11), latitude: double(row, 12), longitude: double(row, 13),
      weight: isNull(row, 14) ? nil : double(row, 14), active: bool(row, 15), verified: bool(row, 16),
      createdAt: timestamp(row, 17), updatedAt: timestamp(row, 18),
      deletedAt: isNull(row, 19) ? nil : timestamp(row, 19))
  }

  /// PostgreSQL counts microseconds from 2000-01-01.
  /// https://www.postgresql.org/docs/current/datatype-datetime.html
  @inline(__always) private func timestamp(_ row: Int32, _ column: Int32) -> Timestamp {
    Timestamp(microseconds: integer(row, column, Int64.self) &+ 946_684_800_000_000)
  }
}
