// swift-format-ignore-file
import Rowan

@Table("2fa_codes")
struct _2faCode {
  @Column(.primaryKey, .generated) let id: ID<_2faCode, Int64>
}
