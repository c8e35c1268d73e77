/// Rows one at a time, fetched in batches: iterating suspends once a batch, never once a row, and memory stays flat.
///
/// A stream of a database holds a connection until it ends, fails, or its iterator is let go.
/// ```swift
/// for try await user in User.all().stream(db) { … }
/// ```
public struct RowStream<Q: Fetchable, E: QueryExecutor>: AsyncSequence, Sendable {
  public typealias Element = Q.Row
  let query: Q
  let executor: E
  let batchSize: Int

  /// Starts the query when the first row is asked for.
  public func makeAsyncIterator() -> Iterator {
    Iterator(query: query, executor: executor, batchSize: batchSize)
  }

  /// Reads the rows.
  public struct Iterator: AsyncIteratorProtocol {
    private let query: Q
    private let executor: E
    private let batchSize: Int
    private var batch: [Q.Row] = []
    private var next = 0
    private var handle: StreamHandle?
    private var isOver = false

    init(query: Q, executor: E, batchSize: Int) {
      self.query = query
      self.executor = executor
      self.batchSize = batchSize
    }

    /// The next row, or nil after the last.
    public mutating func next() async throws -> Q.Row? {
      if next < batch.count {
        defer { next += 1 }
        return batch[next]
      }
      if isOver { return nil }
      try await fetch()
      guard next < batch.count else { return nil }
      defer { next += 1 }
      return batch[next]
    }

    private mutating func fetch() async throws {
      next = 0
      batch = []
      let handle: StreamHandle
      if let open = self.handle {
        handle = open
      } else {
        let (stream, compiled) = try await executor.openStream(query.statement)
        handle = StreamHandle(stream: stream, compiled: compiled)
        self.handle = handle
      }
      let query = query
      let compiled = handle.compiled
      do {
        if let rows = try await handle.stream.nextBatch(
          limit: batchSize,
          { source in
            try RowConsumer.read(source, compiled) { try query.rows($0) }
          }),
          !rows.isEmpty
        {
          batch = rows
          return
        }
      } catch {
        isOver = true
        await handle.stream.close()
        throw error
      }
      isOver = true
      await handle.stream.close()
      self.handle = nil
    }
  }
}

/// Closes a stream whose iterator was let go before the end.
final class StreamHandle: Sendable {
  let stream: any DriverStream
  let compiled: Compiled

  init(stream: any DriverStream, compiled: Compiled) {
    self.stream = stream
    self.compiled = compiled
  }

  deinit { stream.abandon() }
}

extension Fetchable {
  /// The rows as a stream.
  /// - Parameters:
  ///   - db: where to run.
  ///   - batchSize: rows fetched at once.
  public func stream<E: QueryExecutor>(_ db: E, batchSize: Int = 256) -> RowStream<Self, E> {
    RowStream(query: self, executor: db, batchSize: Swift.max(1, batchSize))
  }
}
