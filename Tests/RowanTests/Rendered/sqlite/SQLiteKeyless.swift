// swift-format-ignore-file
import Rowan

@Table("keyless")
struct SQLiteKeyless {
  @Column(.type(.json)) var x: String?
}
