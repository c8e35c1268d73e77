// swift-format-ignore-file
import Foundation
import Rowan

@Table("codes")
struct SQLiteCode {
  @Column(.primaryKey, .char(2)) let code: ID<SQLiteCode, String>
  @Column(default: .randomUUID) var n: UUID?
}
