#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif
import Synchronization

/// Makes version 7 UUIDs, which sort in the order they were made: https://www.rfc-editor.org/rfc/rfc9562#section-5.7
///
/// Those of one generator only ever grow, also within a millisecond and when the clock is set back: the 12 bits after
/// the milliseconds are a counter that starts at random below half of its range, and the milliseconds run ahead of the
/// clock when it is exhausted. This is method 1 of https://www.rfc-editor.org/rfc/rfc9562#section-6.2
public final class UUIDv7Generator: Sendable {
  /// The generator that ``Foundation/UUID/v7()`` uses.
  public static let shared = UUIDv7Generator()

  private struct State {
    var milliseconds: UInt64 = 0
    var counter: UInt64 = 0
  }

  private let state = Mutex(State())

  /// Makes a generator with an order of its own.
  public init() {}

  /// The next UUID.
  /// - Parameters:
  ///   - time: The time to carry, unless that of the last UUID is later.
  ///   - random: Where the random bits come from.
  public func next(at time: Timestamp, random: inout some RandomNumberGenerator) -> UUID {
    let start = random.next() & 0x7FF
    let tail = random.next()
    let now = UUID.v7Milliseconds(time)
    let current = state.withLock { state in
      if now > state.milliseconds {
        state = State(milliseconds: now, counter: start)
      } else if state.counter < 0xFFF {
        state.counter &+= 1
      } else {
        state = State(milliseconds: state.milliseconds &+ 1, counter: start)
      }
      return state
    }
    return UUID(v7Milliseconds: current.milliseconds, twelve: current.counter, tail: tail)
  }

  /// The next UUID, at the time of the system clock.
  public func next() -> UUID {
    var random = SystemRandomNumberGenerator()
    return next(at: .now(), random: &random)
  }
}

extension UUID {
  /// A version 7 UUID of the system clock's time, greater than all that this process made before.
  public static func v7() -> UUID { UUIDv7Generator.shared.next() }

  /// A version 7 UUID of a given time, which depends on nothing but its arguments. Those of one millisecond are in no
  /// order.
  /// - Parameters:
  ///   - time: The time to carry, in whole milliseconds; one before 1970 becomes 1970, one after 10889 the last.
  ///   - random: Where the 74 random bits come from.
  public static func v7(at time: Timestamp, random: inout some RandomNumberGenerator) -> UUID {
    let twelve = random.next() & 0xFFF
    return UUID(v7Milliseconds: v7Milliseconds(time), twelve: twelve, tail: random.next())
  }

  /// The 48 bits of a time.
  fileprivate static func v7Milliseconds(_ time: Timestamp) -> UInt64 {
    Swift.min(UInt64(Swift.max(0, time.microseconds)) / 1000, 0xFFFF_FFFF_FFFF)
  }

  /// A version 7 UUID of 48, 12 and 62 bits.
  fileprivate init(v7Milliseconds milliseconds: UInt64, twelve: UInt64, tail: UInt64) {
    let high = milliseconds << 16 | 0x7000 | twelve
    let low = 0x8000_0000_0000_0000 | (tail & 0x3FFF_FFFF_FFFF_FFFF)
    func byte(_ word: UInt64, _ shift: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: word >> shift) }
    self.init(
      uuid: (
        byte(high, 56), byte(high, 48), byte(high, 40), byte(high, 32), byte(high, 24), byte(high, 16), byte(high, 8),
        byte(high, 0), byte(low, 56), byte(low, 48), byte(low, 40), byte(low, 32), byte(low, 24), byte(low, 16),
        byte(low, 8), byte(low, 0)
      ))
  }
}

extension ID where Raw == UUID {
  /// An identifier that sorts after all that this process made before; see ``Foundation/UUID/v7()``.
  public static func v7() -> ID { ID(UUID.v7()) }

  /// An identifier of a given time, which depends on nothing but its arguments.
  /// - Parameters:
  ///   - time: The time to carry, in whole milliseconds; one before 1970 becomes 1970, one after 10889 the last.
  ///   - random: Where the 74 random bits come from.
  public static func v7(at time: Timestamp, random: inout some RandomNumberGenerator) -> ID {
    ID(UUID.v7(at: time, random: &random))
  }
}
