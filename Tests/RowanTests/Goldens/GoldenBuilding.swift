import RowanCore

/// One statement and its name in the golden files.
struct Golden {
  var name: String
  var statement: Statement

  init(_ name: String, _ statement: Statement) {
    self.name = name
    self.statement = statement
  }

  init(_ name: String, _ select: Select) { self.init(name, .select(select)) }

  /// `SELECT id FROM users WHERE condition`.
  init(_ name: String, where condition: Expr) {
    var select = Select(scope: 0, base: .table(GoldenTables.users))
    select.fields = .list([Field(.users(.id), type: .bigint)])
    select.filter = condition
    select.order = [Ordering(.users(.id), SortOrder())]
    self.init(name, .select(select))
  }

  /// `SELECT expression FROM users ORDER BY id`.
  init(_ name: String, value expr: Expr, _ type: SQLType?) {
    var select = Select(scope: 0, base: .table(GoldenTables.users))
    select.fields = .list([Field(expr, type: type)])
    select.order = [Ordering(.users(.id), SortOrder())]
    self.init(name, .select(select))
  }
}

/// The columns of `users`, by index.
enum UserColumn: UInt16 {
  case id, email, name, age, score, createdAt, managerID, balance, active
}

/// The columns of `posts`, by index.
enum PostColumn: UInt16 {
  case id, authorID, title, rating, day
}

extension ColumnRef {
  static func users(_ column: UserColumn, scope: UInt8 = 0, slot: UInt8 = 0) -> ColumnRef {
    ColumnRef(Slot(scope: scope, slot), column.rawValue)
  }
  static func posts(_ column: PostColumn, scope: UInt8 = 0, slot: UInt8 = 0) -> ColumnRef {
    ColumnRef(Slot(scope: scope, slot), column.rawValue)
  }
}

extension Expr {
  static func users(_ column: UserColumn, scope: UInt8 = 0, slot: UInt8 = 0) -> Expr {
    .column(.users(column, scope: scope, slot: slot))
  }
  static func posts(_ column: PostColumn, scope: UInt8 = 0, slot: UInt8 = 0) -> Expr {
    .column(.posts(column, scope: scope, slot: slot))
  }
  static func int(_ value: Int64) -> Expr { .bind(.int(value)) }
  static func text(_ value: String) -> Expr { .bind(.text(value)) }
  static func call(_ name: FunctionName, _ args: Expr...) -> Expr { .node(.function(name), ContiguousArray(args)) }
  static func aggregate(_ name: AggregateName, _ args: Expr..., distinct: Bool = false) -> Expr {
    .node(.aggregate(name, distinct: distinct), ContiguousArray(args))
  }
  static func math(_ op: Arithmetic, _ left: Expr, _ right: Expr) -> Expr { .node(.arithmetic(op), [left, right]) }
  static func like(_ kind: LikeKind, _ text: Expr, _ value: String, insensitive: Bool = false) -> Expr {
    .node(.like(kind, caseInsensitive: insensitive), [text, .text(value)])
  }
  static func list(_ expr: Expr, _ element: SQLType, _ values: ContiguousArray<SQLValue>, padded: Int) -> Expr {
    .node(.inList(padded: padded), [expr, .bind(.array(SQLArray(element: element, values: values)))])
  }
}

extension Select {
  /// A query over `table`.
  init(_ table: TableSchema, scope: UInt8 = 0) { self.init(scope: scope, base: .table(table)) }

  /// The same with these fields, all read as `type`.
  func fields(_ list: (Expr, SQLType?)...) -> Select {
    changed { $0.fields = .list(ContiguousArray(list.map { Field($0, type: $1) })) }
  }
  func filter(_ condition: Expr) -> Select { changed { $0.filter = condition } }
  func join(_ table: TableSchema, _ kind: Join.Kind, on condition: Expr?) -> Select {
    changed { $0.joins.append(Join(.table(table), kind, on: condition)) }
  }
  func group(_ keys: Expr...) -> Select { changed { $0.group = ContiguousArray(keys) } }
  func order(_ expr: Expr, descending: Bool = false, nulls: SortOrder.Nulls = .unspecified) -> Select {
    changed { $0.order.append(Ordering(expr, SortOrder(descending: descending, nulls: nulls))) }
  }
  func limit(_ limit: Int64?, offset: Int64? = nil) -> Select {
    changed {
      $0.limit = limit.map { .int($0) }
      $0.offset = offset.map { .int($0) }
    }
  }
  func arm(_ kind: SetArm.Kind, _ select: Select) -> Select { changed { $0.combined.append(SetArm(kind, select)) } }
  func changed(_ change: (inout Select) -> Void) -> Select {
    var copy = self
    change(&copy)
    return copy
  }
}
