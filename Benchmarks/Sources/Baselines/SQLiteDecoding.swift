import BenchmarkModels
import RowanCore

import Foundation

extension SQLiteClientStatement {
  /// The current row. Only nullable columns are asked whether they are `NULL`.
  @inline(__always) func item() -> Item {
    Item(
      id: int64(0), name: text(1), email: text(2), score: double(3), active: bool(4), note: isNull(5) ? nil : text(5))
  }

  /// The current row.
  @inline(__always) func profile() -> Profile {
    Profile(
      id: int64(0), key: blob(1).uuid, owner: int64(2), code: text(3), city: text(4), name: text(5), email: text(6),
      bio: isNull(7) ? nil : text(7), phone: isNull(8) ? nil : text(8), age: Int32(truncatingIfNeeded: int64(9)),
      rank: isNull(10) ? nil : Int32(truncatingIfNeeded: int64(10)), visits: int64(11), latitude: double(12),
      longitude: double(13), weight: isNull(14) ? nil : double(14), active: bool(15), verified: bool(16),
      createdAt: timestamp(17), updatedAt: timestamp(18), deletedAt: isNull(19) ? nil : timestamp(19))
  }

  /// Rowan stores instants as microseconds since 1970.
  @inline(__always) private func timestamp(_ column: Int32) -> Timestamp { Timestamp(microseconds: int64(column)) }
}

extension UnsafeRawBufferPointer {
  /// The first 16 bytes.
  @inline(__always) var uuid: UUID {
    count >= 16
      ? UUID(uuid: loadUnaligned(as: uuid_t.self)) : UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
  }
}
