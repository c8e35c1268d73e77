import BenchmarkModels
import RowanCore

/// Proof that subjects do the same work: a sum over what they read, in no particular order.
///
/// While a row is timed only counts and keys are added, so that adding does not dilute the ratio; before that, every
/// subject is run once with `isThorough`, and all of them must have read the same values.
struct Tally {
  let isThorough: Bool
  private(set) var value: UInt64 = 0

  init(thorough isThorough: Bool) { self.isThorough = isThorough }

  @inline(__always)
  mutating func add(_ number: Int64) { value &+= UInt64(bitPattern: number) &* 0x9e37_79b9_7f4a_7c15 }

  /// Adds one record.
  @inline(__always)
  mutating func add(_ record: some Tallied) {
    add(record.tallyKey)
    if isThorough { thoroughly(record) }
  }

  /// Adds every record of a result: its count and its last key unless thorough.
  @inline(__always)
  mutating func add(_ records: [some Tallied]) {
    add(Int64(records.count))
    if let last = records.last { add(last.tallyKey) }
    if isThorough { for record in records { thoroughly(record) } }
  }

  mutating func add(_ other: Tally) { value &+= other.value }

  @inline(never)
  private mutating func thoroughly(_ record: some Tallied) {
    var digest = Digest()
    record.digest(&digest)
    value &+= digest.value
  }
}

/// A record whose values can be compared across libraries.
protocol Tallied {
  var tallyKey: Int64 { get }
  func digest(_ digest: inout Digest)
}

/// An order-dependent hash of the values of one record, the same in every run.
struct Digest {
  private(set) var value: UInt64 = 14_695_981_039_346_656_037

  mutating func add(_ bits: UInt64) { value = (value ^ bits) &* 0x100_0000_01b3 }
  mutating func add(_ number: Int64) { add(UInt64(bitPattern: number)) }
  mutating func add(_ number: Double) { add(number.bitPattern) }
  mutating func add(_ truth: Bool) { add(truth ? 1 as UInt64 : 0) }
  mutating func add(_ text: String) {
    for byte in text.utf8 { add(UInt64(byte)) }
    add(UInt64(text.utf8.count))
  }
  mutating func add<T>(_ value: T?, _ add: (inout Digest, T) -> Void) {
    self.add(value != nil)
    if let value { add(&self, value) }
  }
}
