internal import CSQLite

/// The running sum of an aggregate or a window.
final class DecimalTotal {
  private var total = ExactDecimal.zero
  private var count: Int64 = 0

  /// `NULL` over no values, as with SQLite's own `sum`.
  var sum: ExactDecimal? { count == 0 ? nil : total }

  var average: ExactDecimal? { total / ExactDecimal(count) }

  /// Counts a value in, or out again where a window moves past it.
  static func add(_ context: OpaquePointer?, _ values: UnsafeMutablePointer<OpaquePointer?>?, _ sign: Int64) {
    guard let values, let value = DecimalFunctions.read(values[0], context) else { return }
    let size = Int32(MemoryLayout<UnsafeMutableRawPointer?>.size)
    guard let place = sqlite3_aggregate_context(context, size) else { return sqlite3_result_error_nomem(context) }
    let slot = place.assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
    let state: DecimalTotal
    if let present = slot.pointee {
      state = Unmanaged<DecimalTotal>.fromOpaque(present).takeUnretainedValue()
    } else {
      state = DecimalTotal()
      // SQLite calls the final step exactly once for each context, which releases it.
      slot.pointee = Unmanaged.passRetained(state).toOpaque()
    }
    state.total = sign > 0 ? state.total + value : state.total - value
    state.count += sign
  }

  /// Gives the result back, and at the last call lets go of the state.
  static func finish(_ context: OpaquePointer?, isLast: Bool, _ result: (DecimalTotal) -> ExactDecimal?) {
    // A size of 0 finds the context without making one.
    guard let place = sqlite3_aggregate_context(context, 0),
      let present = place.assumingMemoryBound(to: UnsafeMutableRawPointer?.self).pointee
    else { return sqlite3_result_null(context) }
    let state = Unmanaged<DecimalTotal>.fromOpaque(present)
    DecimalFunctions.result(context, result(state.takeUnretainedValue()))
    if isLast {
      place.assumingMemoryBound(to: UnsafeMutableRawPointer?.self).pointee = nil
      state.release()
    }
  }
}
