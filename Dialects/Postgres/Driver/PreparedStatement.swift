internal import RowanCore

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A statement as one connection knows it: its name on the server, its parameters' types, and the plan of its rows.
final class PreparedStatement {
  let compiled: Compiled
  /// NUL-terminated; empty for the unnamed statement.
  let name: UnsafeMutablePointer<CChar>
  let isNamed: Bool
  let types: ContiguousArray<ParameterType>
  /// Whether the type of some placeholder was taken from the first execution's value.
  let hasInferredTypes: Bool
  /// Made when the first result arrives.
  var rows: ResultRows?
  /// Position in the order of use.
  var lastUse: UInt64 = 0

  /// - Parameter number: distinguishes the statements of a connection; nil for the unnamed one.
  init(_ compiled: Compiled, number: UInt64?, binds: ContiguousArray<SQLValue>, from start: Int, count: Int) {
    self.compiled = compiled
    isNamed = number != nil
    let text = number.map { "rowan_\($0)" } ?? ""
    name = .allocate(capacity: text.utf8.count + 1)
    for (index, byte) in text.utf8.enumerated() { name[index] = CChar(bitPattern: byte) }
    name[text.utf8.count] = 0
    var types = ContiguousArray<ParameterType>()
    types.reserveCapacity(count)
    var hasInferred = false
    for index in 0..<count {
      if index < compiled.bindTypes.count, let type = compiled.bindTypes[index] {
        types.append(ParameterType(type))
      } else {
        hasInferred = true
        types.append(ParameterType(inferredFrom: binds[start + index]))
      }
    }
    self.types = types
    hasInferredTypes = hasInferred
  }

  deinit { name.deallocate() }

  /// Whether the values can be sent as the types the statement was prepared with.
  @inline(__always)
  func takes(_ binds: ContiguousArray<SQLValue>, from start: Int) -> Bool {
    hasInferredTypes ? compare(binds, from: start) : true
  }

  private func compare(_ binds: ContiguousArray<SQLValue>, from start: Int) -> Bool {
    for index in types.indices where index >= compiled.bindTypes.count || compiled.bindTypes[index] == nil {
      guard start + index < binds.count else { return false }
      let value = binds[start + index]
      if case .null = value { continue }
      if ParameterType(inferredFrom: value) != types[index] { return false }
    }
    return true
  }
}
