// swift-format-ignore-file
import Rowan

@Table("no_key")
struct PostgresNoKey {
  var a: [Int32]
}
