// swift-format-ignore-file
import Rowan

@Table("protocols")
struct ProtocolRecord {
  @Column(.primaryKey, .generated) let id: ID<ProtocolRecord, Int64>
}
