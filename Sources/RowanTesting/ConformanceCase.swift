public import RowanCore

/// One thing every dialect must do, as a value: a stranger's dialect runs the same ones.
public struct ConformanceCase: Sendable, CustomStringConvertible {
  /// `area/name`, stable.
  public let name: String
  /// Why an engine with these capabilities is excused; nil where it is not.
  public let excuse: @Sendable (Capabilities) -> String?
  /// What must hold.
  public let body: @Sendable (Database) async throws -> Void

  /// Makes a case.
  public init(
    _ name: String, excuse: @escaping @Sendable (Capabilities) -> String? = { _ in nil },
    _ body: @escaping @Sendable (Database) async throws -> Void
  ) {
    self.name = name
    self.excuse = excuse
    self.body = body
  }

  public var description: String { name }
}
