public import RowanCore

/// One thing every dialect must do, as a value: a stranger's dialect runs the same ones.
public struct ConformanceCase: Sendable, CustomStringConvertible {
  /// `area/what holds`, stable.
  public let name: String
  /// Why an engine with these capabilities is excused; nil where it is not.
  public let excuse: @Sendable (Capabilities) -> String?
  /// What must hold; throws where it does not.
  public let body: @Sendable (Trial) async throws -> Void

  /// Makes a case.
  public init(
    _ name: String, unless excuse: @escaping @Sendable (Capabilities) -> String? = { _ in nil },
    _ body: @escaping @Sendable (Trial) async throws -> Void
  ) {
    self.name = name
    self.excuse = excuse
    self.body = body
  }

  /// The part of ``name`` before the slash.
  public var area: String { String(name.prefix { $0 != "/" }) }

  /// The name.
  public var description: String { name }
}

/// How a case ended that did not throw.
public enum ConformanceOutcome: Sendable, Hashable {
  /// It holds.
  case passed
  /// The engine cannot do what the case is about, for this reason.
  case closed(String)
}

extension ConformanceCase {
  /// Runs the case on an empty database of `engine`.
  /// - Parameters:
  ///   - engine: where to run.
  ///   - plugins: installed in every database the case opens.
  ///   - startsOnLane: whether the case starts where connections live, for drivers that have such a place: what finds one
  ///     at hand there takes a shorter way.
  /// - Throws: ``ConformanceFailure`` where the case does not hold, and whatever else got in its way.
  public func run(
    on engine: ConformanceEngine, plugins: [any DatabasePlugin] = [], startsOnLane: Bool = false
  ) async throws -> ConformanceOutcome {
    let store = try await engine.makeStore()
    let trial: Trial
    do {
      trial = try await Trial(engine, store, plugins)
    } catch {
      await store.remove()
      throw error
    }
    let outcome: Result<ConformanceOutcome, any Error>
    if let reason = excuse(trial.db.dialect.capabilities) {
      outcome = .success(.closed(reason))
    } else {
      do {
        if startsOnLane, let lane = trial.db.lane {
          try await withTaskExecutorPreference(lane) { try await body(trial) }
        } else {
          try await body(trial)
        }
        outcome = .success(.passed)
      } catch {
        outcome = .failure(error)
      }
    }
    await trial.end()
    await store.remove()
    return try outcome.get()
  }
}
