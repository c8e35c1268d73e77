/// A case that did not hold.
public struct ConformanceFailure: Error, Sendable, CustomStringConvertible {
  /// What was expected and what was found.
  public let description: String
}

/// Fails the case unless `condition` holds.
public func expect(
  _ condition: Bool, _ what: @autoclosure () -> String, location: String = "\(#fileID):\(#line)"
) throws {
  if !condition { throw ConformanceFailure(description: "\(location): \(what())") }
}

/// Fails the case unless `found` equals `wanted`.
public func expectEqual<T: Equatable>(
  _ found: T, _ wanted: T, _ what: String = "", location: String = "\(#fileID):\(#line)"
) throws {
  try expect(found == wanted, "\(what) expected \(wanted), found \(found)", location: location)
}
