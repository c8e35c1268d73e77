// swift-format-ignore-file
import Rowan

@Table("tasks")
struct TaskRecord {
  @Column(.primaryKey, .generated) let id: ID<TaskRecord, Int64>
}
