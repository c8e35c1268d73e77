/// What is kept of a task without being searched for: one JSON document.
struct TaskMetadata: Codable, Sendable, Equatable {
  var estimateHours: Double?
  var links: [String]?
  var source: String?
}
