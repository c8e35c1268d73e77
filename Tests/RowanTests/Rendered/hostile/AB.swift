// swift-format-ignore-file
import Rowan

@Table(#"a"b"#)
struct AB {
  @Column(.primaryKey, .generated) let id: ID<AB, Int64>
}
