/// Lets a few runs through at a time: each has connections of its own, and servers have only so many.
actor Throttle {
  static let shared = Throttle()
  private var free = 4
  private var waiting: [CheckedContinuation<Void, Never>] = []

  nonisolated func run<R: Sendable>(_ body: () async throws -> R) async rethrows -> R {
    await enter()
    do {
      let result = try await body()
      await leave()
      return result
    } catch {
      await leave()
      throw error
    }
  }

  private func enter() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  private func leave() {
    if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
  }
}
