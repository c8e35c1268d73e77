import Rowan
import RowanTesting

/// A driver whose engine is said to have less than it does, so that what the core does in its place can be tested
/// where no such engine is at hand.
final class ReducedDriver: Driver {
  private let base: any Driver
  let dialect: any Dialect

  init(_ base: any Driver, _ reduce: (inout Capabilities) -> Void) {
    self.base = base
    var capabilities = base.dialect.capabilities
    reduce(&capabilities)
    dialect = ReducedDialect(base: base.dialect, capabilities: capabilities)
  }

  var connectionObserver: ConnectionObserver? { base.connectionObserver }
  var preferredExecutor: (any TaskExecutor)? { base.preferredExecutor }

  func run<R: Sendable>(_ call: DriverCall, _ consume: @Sendable (RowSource) throws -> R) async throws -> R {
    try await base.run(call, consume)
  }

  func withConnection<R: Sendable>(
    _ lease: Lease, _ body: @Sendable (any DriverConnection) async throws -> R
  ) async throws -> R { try await base.withConnection(lease, body) }

  func stream(_ call: DriverCall) async throws -> any DriverStream { try await base.stream(call) }

  func close(timeout: Duration) async { await base.close(timeout: timeout) }
}

private struct ReducedDialect: Dialect {
  let base: any Dialect
  let capabilities: Capabilities

  var name: String { base.name }
  var identifierQuote: Character { base.identifierQuote }
  func quote(_ identifier: String) throws -> String { try base.quote(identifier) }
  func makePrinter() -> SQLPrinter { base.makePrinter() }
  func lower(_ statement: Statement) throws -> Statement { try base.lower(statement) }
  func columnType(_ type: SQLType) throws -> String { try base.columnType(type) }
  func makeDDLEmitter() -> any DDLEmitter { base.makeDDLEmitter() }
}

extension ConformanceEngine {
  /// This engine without what `reduce` takes from it.
  func reduced(_ reduce: @escaping @Sendable (inout Capabilities) -> Void) -> ConformanceEngine {
    let makeStore = makeStore
    return ConformanceEngine(name, slowQuery: slowQuery) {
      let store = try await makeStore()
      return ConformanceStore(
        configuration: { pool in
          let configuration = try store.configuration(pool)
          return DatabaseConfiguration { ReducedDriver(try await configuration.connect(), reduce) }
        },
        remove: store.remove)
    }
  }
}
