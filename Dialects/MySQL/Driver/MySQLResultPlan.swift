internal import CMariaDB
internal import RowanCore

/// How a statement's rows are read, and the memory they are read into.
final class MySQLResultPlan {
  let count: Int
  let kinds: UnsafeMutablePointer<MySQLColumnKind>
  let cells: UnsafeMutablePointer<Cell>
  let names: [String]
  let typeNames: [String]
  /// What of each column's description decided its kind.
  private let signature: ContiguousArray<Signature>

  private struct Signature: Equatable {
    var type: UInt32
    var flags: UInt32
    var charset: UInt32
    var length: UInt

    init(_ pointer: UnsafePointer<MYSQL_FIELD>) {
      type = pointer.pointee.type.rawValue
      flags = pointer.pointee.flags & UInt32(UNSIGNED_FLAG)
      charset = pointer.pointee.charsetnr
      length = pointer.pointee.type == MYSQL_TYPE_STRING ? pointer.pointee.length : 0
    }
  }

  /// - Parameter named: the columns with their present names, if they are not those of the statement.
  init(
    _ statement: UnsafeMutablePointer<MYSQL_STMT>, _ results: [ResultStep],
    names named: UnsafeMutablePointer<MYSQL_FIELD>? = nil
  ) {
    count = statement.pointee.fields == nil ? 0 : Int(statement.pointee.field_count)
    kinds = .allocate(capacity: max(1, count))
    cells = .allocate(capacity: max(1, count))
    cells.initialize(repeating: Cell(tag: .null), count: max(1, count))
    var signature = ContiguousArray<Signature>()
    var names: [String] = []
    var typeNames: [String] = []
    if let fields = statement.pointee.fields {
      for index in 0..<count {
        let field = fields[index]
        let wanted = results.count == count ? results[index].type : nil
        (kinds + index).initialize(
          to: MySQLColumnKind(field, format: MySQLFieldFormat(fields + index), wanted: wanted))
        signature.append(Signature(fields + index))
        names.append((named.map { $0[index] } ?? field).name.map { String(cString: $0) } ?? "")
        typeNames.append(MySQLTypeName.of(field))
      }
    }
    self.signature = signature
    self.names = names
    self.typeNames = typeNames
  }

  deinit {
    kinds.deallocate()
    cells.deallocate()
  }

  /// Whether the columns are still those the plan was made for: the server tells anew with each execution.
  func fits(_ statement: UnsafeMutablePointer<MYSQL_STMT>) -> Bool {
    guard Int(statement.pointee.field_count) == count else { return false }
    guard let fields = statement.pointee.fields else { return count == 0 }
    for index in 0..<count where Signature(fields + index) != signature[index] { return false }
    return true
  }

  /// Whether the columns still have the names of the plan.
  func hasNames(_ fields: UnsafeMutablePointer<MYSQL_FIELD>?) -> Bool {
    guard let fields else { return true }
    for index in 0..<count where !Self.isSame(fields[index].name, names[index]) { return false }
    return true
  }

  private static func isSame(_ sent: UnsafePointer<CChar>?, _ name: String) -> Bool {
    guard let sent else { return name.isEmpty }
    let isSame = name.utf8.withContiguousStorageIfAvailable { bytes in
      for (index, byte) in bytes.enumerated() where sent[index] != CChar(bitPattern: byte) { return false }
      return sent[bytes.count] == 0
    }
    return isSame ?? (String(cString: sent) == name)
  }

  /// Bytes before the first column: a zero, and a bit for each column that is NULL, from the third bit on.
  var headerLength: Int { 1 + (count + 9) / 8 }
}
