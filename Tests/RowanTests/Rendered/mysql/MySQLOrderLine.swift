// swift-format-ignore-file
import Foundation
import Rowan

/// lines */ of
/// """ an /// order
@Table("order_lines", comment: "lines */ of\n\"\"\" an /// order")
struct MySQLOrderLine {
  @Column(.primaryKey, .generated) let id: ID<MySQLOrderLine, UInt64>
  @Column(.references("parent", onDelete: .cascade)) var parentID: ID<MySQLParent, Int64>?
  @Column(.type(.custom("enum('new','in progress','it''s done','self')")), .indexed, default: "new")
  var status: MySQLOrderLineStatus
  @Column(.type(.custom("set('a','b')"))) var flags: String?
  @Column(default: 1) var amount: UInt32
  @Column(.type(.custom("mediumint"))) var size: Int?
  @Column(.type(.custom("datetime(3)"))) var madeAt: Timestamp
  @Column(.type(.custom("varbinary(20)"))) var raw: [UInt8]?
  @Column(default: .now) var createdAt: Timestamp
  @Column(.unique, default: .randomUUID) var token: UUID
  @Column(.decimal(10, 2), default: .value(.decimal(Decimal(sign: .plus, exponent: -1, significand: 199))))
  var price: Decimal
}

enum MySQLOrderLineStatus: String, ColumnValue, CaseIterable {
  case new
  case inProgress = "in progress"
  case itsDone = "it's done"
  case selfValue = "self"
}
