public import RowanCore

/// A case that did not hold.
public struct ConformanceFailure: Error, Sendable, CustomStringConvertible {
  /// What was expected and what was found.
  public let description: String

  /// Makes a failure found at a place in the source.
  public init(_ what: String, file: StaticString, line: UInt) { description = "\(file):\(line): \(what)" }
}

/// Fails the case unless `condition` holds.
public func expect(
  _ condition: Bool, _ what: @autoclosure () -> String, file: StaticString = #fileID, line: UInt = #line
) throws {
  if !condition { throw ConformanceFailure(what(), file: file, line: line) }
}

/// Fails the case unless `found` equals `wanted`.
public func expectEqual<T: Equatable>(
  _ found: T, _ wanted: T, _ what: @autoclosure () -> String = "", file: StaticString = #fileID, line: UInt = #line
) throws {
  if found == wanted { return }
  let about = what()
  throw ConformanceFailure(
    "\(about.isEmpty ? "" : "\(about): ")expected \(wanted), found \(found)", file: file, line: line)
}

/// Fails the case unless the two lists are equal, element by element: `by: ==` for tuples, which are not `Equatable`.
public func expectRows<T>(
  _ found: [T], _ wanted: [T], by same: (T, T) -> Bool, _ what: @autoclosure () -> String = "",
  file: StaticString = #fileID, line: UInt = #line
) throws {
  if found.count == wanted.count, zip(found, wanted).allSatisfy({ same($0, $1) }) { return }
  let about = what()
  throw ConformanceFailure(
    "\(about.isEmpty ? "" : "\(about): ")expected \(wanted), found \(found)", file: file, line: line)
}

/// Fails the case unless the value is there.
public func expectPresent<T>(
  _ found: T?, _ what: @autoclosure () -> String = "a value", file: StaticString = #fileID, line: UInt = #line
) throws -> T {
  guard let found else { throw ConformanceFailure("expected \(what()), found nil", file: file, line: line) }
  return found
}

/// Fails the case unless `body` throws a ``RowanCore/RowanError`` with one of `codes`.
/// - Returns: the error, for a closer look.
@discardableResult
public func expectError<R>(
  _ codes: RowanError.Code..., file: StaticString = #fileID, line: UInt = #line, _ body: () async throws -> R
) async throws -> RowanError {
  let wanted = codes.map(\.rawValue).joined(separator: " or ")
  do {
    _ = try await body()
  } catch let error as RowanError {
    if codes.contains(error.code) { return error }
    throw ConformanceFailure("expected the error \(wanted), found \(error)", file: file, line: line)
  } catch {
    throw ConformanceFailure(
      "expected the error \(wanted), found \(type(of: error)): \(error)", file: file, line: line)
  }
  throw ConformanceFailure("expected the error \(wanted), found none", file: file, line: line)
}
