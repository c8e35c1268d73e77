// swift-format-ignore-file
import Rowan

@Table("line\nbreak")
struct LineBreak {
  @Column(.primaryKey, .generated) let id: ID<LineBreak, Int64>
}
