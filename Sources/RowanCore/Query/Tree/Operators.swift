/// A comparison between two values.
public enum Comparison: UInt8, Sendable, Hashable {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
}

/// An arithmetic operation.
public enum Arithmetic: UInt8, Sendable, Hashable {
  case add, subtract, multiply, divide, remainder, concatenate
}
