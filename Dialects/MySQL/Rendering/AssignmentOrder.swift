import RowanCore

/// SET works from left to right here, each assignment seeing those before it; elsewhere all see the row as it was.
/// https://dev.mysql.com/doc/refman/8.0/en/update.html
enum AssignmentOrder {
  /// The same assignments, ordered so that a column is read before it is set.
  /// - Throws: ``RowanError/Code/unsupported`` where columns depend on each other in a circle.
  static func sequential(
    _ list: ContiguousArray<Assignment>, scope: UInt8
  ) throws -> ContiguousArray<Assignment> {
    var waiting = try list.map { (assignment: $0, reads: try columns(read: $0.value, scope)) }
    var out = ContiguousArray<Assignment>()
    while !waiting.isEmpty {
      // The first one whose column no other waiting assignment still reads.
      let next = waiting.indices.first { index in
        let column = waiting[index].assignment.column
        return !waiting.indices.contains { $0 != index && waiting[$0].reads.contains(column) }
      }
      guard let next else {
        throw RowanError.unsupported(
          "setting columns from each other's old values", dialect: "mysql",
          alternative: "read the row for update and set the values from Swift")
      }
      out.append(waiting.remove(at: next).assignment)
    }
    return out
  }

  private static func columns(read expr: Expr, _ scope: UInt8) throws -> Set<UInt16> {
    let reader = ColumnReader(scope: scope)
    _ = try reader.rewrite(expr)
    return reader.columns
  }
}

/// Gathers the columns of one scope's table that an expression reads, sub-queries included.
private final class ColumnReader: TreeRewriter {
  let scope: UInt8
  var columns: Set<UInt16> = []

  init(scope: UInt8) {
    self.scope = scope
    super.init()
  }

  override func rewrite(_ expr: Expr) throws -> Expr {
    switch expr {
    case .column(let ref), .isNull(let ref), .compare(_, let ref, _):
      if ref.scope == scope, ref.slot == 0 { columns.insert(ref.column) }
    default: break
    }
    return try super.rewrite(expr)
  }
}
