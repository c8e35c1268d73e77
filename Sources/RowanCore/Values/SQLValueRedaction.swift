// Values reach logs and error messages by accident, through interpolation, `dump` or a test's failure message, so an
// `SQLValue` only ever shows its kind.

extension SQLValue: CustomStringConvertible {
  /// The kind of value without the value, such as `text(redacted)`.
  public var description: String {
    switch self {
    case .null: "null"
    case .invalid(let failure): "invalid(\(failure.swiftType): \(failure.reason))"
    default: "\(kind)(redacted)"
    }
  }
}

extension SQLValue: CustomDebugStringConvertible {
  /// The same as ``description``.
  public var debugDescription: String { description }
}

extension SQLValue: CustomReflectable {
  /// A mirror without children, so that reflection finds no value either.
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection(), displayStyle: .enum) }
}

extension SQLArray: CustomStringConvertible, CustomDebugStringConvertible {
  /// The number of elements, without the elements.
  public var description: String { "array(\(values.count) redacted)" }
  /// The same as ``description``.
  public var debugDescription: String { description }
}

extension SQLArray: CustomReflectable {
  /// A mirror without children, so that reflection finds no value either.
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection(), displayStyle: .struct) }
}
