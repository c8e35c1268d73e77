import BenchmarkModels
import RowanCore

import Foundation

/// What the tables hold: the same in every run and on every engine.
enum Samples {
  static let itemCount: Int64 = 10_000
  static let profileCount: Int64 = 1_000
  static let eventCount: Int64 = 1_000_000

  /// The key that the `index`-th point read asks for, from 1 to `bound`.
  @inline(__always)
  static func key(_ index: Int, of bound: Int64) -> Int64 {
    Int64(truncatingIfNeeded: noise(UInt64(truncatingIfNeeded: index)) % UInt64(bound)) + 1
  }

  /// A name of 24 bytes, an address of 21, and every other row a note of 38.
  static func item(_ id: Int64) -> Item {
    Item(
      id: id, name: "Benchmark item no. \(digits(id, 5))", email: "item\(digits(id, 5))@example.org",
      score: Double(noise(UInt64(id)) % 100_000) / 16, active: id % 3 != 0,
      note: id % 2 == 0 ? "a remark on the row whose key is \(digits(id, 5))" : nil)
  }

  /// A row to insert.
  static func entry(_ index: Int) -> Entry.Draft {
    let number = Int64(index)
    return Entry.Draft(
      account: number % 97, title: "Payment no. \(digits(number, 5))", amount: Double(number) * 0.25,
      cleared: number % 3 == 0, memo: number % 2 == 0 ? "received with thanks, \(digits(number, 5))" : nil)
  }

  /// A row of twenty columns, the nullable ones empty in some rows.
  static func profile(_ id: Int64) -> Profile {
    let first = noise(UInt64(id))
    let second = noise(first)
    return Profile(
      id: id, key: uuid(first, second), owner: Int64(first % 500), code: ["DE", "FR", "PL", "ES"][Int(id % 4)],
      city: ["Porto", "Leipzig", "Turin"][Int(id % 3)], name: "Person \(digits(id, 8))",
      email: "p\(digits(id, 6))@example.net",
      bio: id % 2 == 0 ? "likes long walks and short queries, \(digits(id, 4))" : nil,
      phone: id % 3 == 0 ? nil : "+49 30 \(digits(id, 6))", age: Int32(first % 80) + 18,
      rank: id % 4 == 0 ? nil : Int32(second % 1000), visits: Int64(second % 1_000_000_007),
      latitude: Double(first % 18_000) / 128, longitude: Double(second % 36_000) / 128,
      weight: id % 5 == 0 ? nil : Double(first % 1000) / 8, active: id % 2 == 0, verified: id % 7 == 0,
      createdAt: Timestamp(microseconds: instant(id)), updatedAt: Timestamp(microseconds: instant(id) + 86_400_123_456),
      deletedAt: id % 6 == 0 ? Timestamp(microseconds: instant(id) + 1) : nil)
  }

  /// Microseconds since 1970.
  private static func instant(_ id: Int64) -> Int64 { 1_700_000_000_000_000 + id * 1_000_003 }

  private static func uuid(_ high: UInt64, _ low: UInt64) -> UUID {
    var bytes: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    withUnsafeMutableBytes(of: &bytes) { bytes in
      bytes.storeBytes(of: high.bigEndian, toByteOffset: 0, as: UInt64.self)
      bytes.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
    }
    return UUID(uuid: bytes)
  }

  private static func digits(_ number: Int64, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }

  /// https://prng.di.unimi.it/splitmix64.c
  @inline(__always)
  private static func noise(_ seed: UInt64) -> UInt64 {
    var mixed = seed &+ 0x9e37_79b9_7f4a_7c15
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
