import Synchronization

/// A stream somebody listens to: reported as one statement, when it ends.
final class ObservedStream: DriverStream {
  private let stream: any DriverStream
  private let probe: QueryProbe
  private let isOver = Atomic<Bool>(false)

  init(_ stream: any DriverStream, _ probe: QueryProbe) {
    self.stream = stream
    self.probe = probe
  }

  /// The stream that `open` opens, reported to `probe` if there is one; one that cannot be opened is reported too.
  static func opening(
    _ probe: QueryProbe?, _ open: () async throws -> any DriverStream
  ) async throws -> any DriverStream {
    guard let probe else { return try await open() }
    do {
      let stream = try await open()
      probe.opened()
      return ObservedStream(stream, probe)
    } catch {
      probe.failed(error)
      throw error
    }
  }

  func nextBatch<R: Sendable>(limit: Int, _ consume: @Sendable (RowSource) throws -> R) async throws -> R? {
    let begin = ContinuousClock.now
    do {
      let batch = try await stream.nextBatch(limit: limit) { source in try probe.add(source, consume) }
      probe.worked(since: begin)
      if batch == nil { end(nil) }
      return batch
    } catch {
      probe.worked(since: begin)
      end(error)
      throw error
    }
  }

  func close() async {
    await stream.close()
    end(nil)
  }

  func abandon() {
    stream.abandon()
    end(nil)
  }

  private func end(_ error: (any Error)?) {
    guard isOver.compareExchange(expected: false, desired: true, ordering: .relaxed).exchanged else { return }
    if let error { probe.failed(error) } else { probe.succeeded() }
  }
}
