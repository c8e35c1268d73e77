import Rowan

/// How far a task has come.
enum TaskStatus: String, CaseIterable, Codable, ColumnValue {
  case todo
  case inProgress = "in_progress"
  case inReview = "in_review"
  case done
  case cancelled
}
