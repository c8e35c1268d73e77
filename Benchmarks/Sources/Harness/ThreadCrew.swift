import Foundation

/// Plain threads that block, each with a connection of its own: what a program without Swift concurrency would do.
final class ThreadCrew: Sendable {
  /// A worker's share: its number, the number of workers, the operations of all, and whether to look at every value.
  typealias Work = (_ worker: Int, _ workers: Int, _ operations: Int, _ thorough: Bool) throws -> UInt64

  private let board = Board()
  private let count: Int

  /// Starts the threads.
  /// - Parameter prepare: called on each thread, where what it makes also stays.
  init(_ count: Int, prepare: @escaping @Sendable () throws -> Work) throws {
    self.count = count
    let board = board
    for worker in 0..<count {
      let thread = Thread {
        do {
          let work = try prepare()
          board.finish(.success(0))
          var turn = 0
          while let order = board.next(&turn) {
            board.finish(Result { try work(worker, count, order.operations, order.thorough) })
          }
        } catch {
          board.finish(.failure(error))
        }
      }
      thread.start()
    }
    _ = try board.wait(for: count)
  }

  /// Has all of them work, and blocks until the last is done.
  func run(_ operations: Int, _ thorough: Bool) throws -> UInt64 {
    board.post(Order(operations: operations, thorough: thorough))
    return try board.wait(for: count)
  }

  /// Ends the threads.
  func dismiss() { board.post(nil) }

  private struct Order {
    let operations: Int
    let thorough: Bool
  }

  // Proof: every access to the variables is made with `condition` locked.
  private final class Board: @unchecked Sendable {
    private let condition = NSCondition()
    private var turn = 0
    private var order: Order?
    private var done = 0
    private var sum: UInt64 = 0
    private var failure: (any Error)?

    func post(_ order: Order?) {
      condition.withLock {
        turn += 1
        self.order = order
        condition.broadcast()
      }
    }

    func next(_ last: inout Int) -> Order? {
      condition.withLock {
        while turn == last { condition.wait() }
        last = turn
        return order
      }
    }

    func finish(_ result: Result<UInt64, any Error>) {
      condition.withLock {
        done += 1
        switch result {
        case .success(let part): sum &+= part
        case .failure(let error): failure = error
        }
        condition.broadcast()
      }
    }

    func wait(for count: Int) throws -> UInt64 {
      try condition.withLock {
        while done < count { condition.wait() }
        defer { (done, sum, failure) = (0, 0, nil) }
        if let failure { throw failure }
        return sum
      }
    }
  }
}
