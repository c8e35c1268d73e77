// swift-format-ignore-file
import Rowan

@Table("drafts")
struct DraftRecord {
  @Column(.primaryKey, .generated) let id: ID<DraftRecord, Int64>
}
