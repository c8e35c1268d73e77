import CRowanThread

/// Runs what recurses deeply on a thread with a stack of its own. Only statements far deeper than people write come
/// here, and only when they are compiled.
enum LargeStack {
  /// Runs `body` to its end while the calling thread waits.
  /// - Throws: what `body` throws, or ``RowanError/Code/nestingTooDeep`` if there is no memory for a thread.
  static func run<R>(_ body: () throws -> R) throws -> R {
    var result: Result<R, any Error>?
    let status = withoutActuallyEscaping({ result = Result { try body() } }) { call -> Int32 in
      // The caller waits until the thread has ended, so that nothing is ever touched by two threads at once.
      var call = call
      return withUnsafeMutablePointer(to: &call) { pointer in
        rowan_run_on_large_stack({ $0?.assumingMemoryBound(to: (() -> Void).self).pointee() }, pointer)
      }
    }
    guard let result else {
      throw RowanError(
        .nestingTooDeep, "a deeply nested statement needs a thread of its own, which could not be started (\(status))",
        hint: "nest less, or free memory")
    }
    return try result.get()
  }
}
