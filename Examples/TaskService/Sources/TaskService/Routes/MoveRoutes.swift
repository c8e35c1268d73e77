import Hummingbird
import Rowan

/// `/tasks/move`: many tasks to another project of their workspace, all of them or none.
struct MoveRoutes {
  let db: Database

  func add(to router: some RouterMethods<AppContext>) {
    router.post("tasks/move", use: move)
  }

  struct Move: Decodable {
    let taskIDs: [TaskID]
    let projectID: ProjectID
  }

  struct Moved: ResponseEncodable {
    let projectID: ProjectID
    /// Tasks that were in another project before.
    let moved: Int
    /// Tasks that were there already.
    let unchanged: Int
  }

  @Sendable func move(_ request: Request, context: AppContext) async throws -> Moved {
    let move = try await request.decode(as: Move.self, context: context)
    let ids = Set(move.taskIDs)
    if ids.isEmpty { throw APIError.invalid("taskIDs", "the list cannot be empty") }
    if ids.count > 500 { throw APIError.invalid("taskIDs", "there can be 500 tasks at the most") }

    return try await db.labelled(context.requestID).transaction(retrying: .serializationFailures) { tx in
      let target = try await References.project(move.projectID, "projectID", tx)
      if target.isArchived {
        throw APIError.conflict("project_archived", "the project is archived", field: "projectID")
      }

      // In the order of their keys, so that two moves of the same tasks wait for each other rather than deadlock.
      let wanted = TaskItem.find(ids).order { $0.id.ascending() }
      // An engine without row locks lets nobody else write during a write transaction anyway.
      let tasks = try await (tx.dialect.capabilities.rowLocks ? wanted.locked() : wanted).fetchAll(tx)
      let missing = ids.subtracting(tasks.map(\.id)).sorted()
      if !missing.isEmpty {
        throw APIError(
          status: .notFound, code: "tasks_not_found",
          message: "no such tasks: \(missing.map(\.description).joined(separator: ", "))", field: "taskIDs")
      }
      let foreign = Project.find(Set(tasks.map(\.projectID))).where { $0.workspaceID != target.workspaceID }
      if try await foreign.exists(tx) {
        throw APIError.conflict(
          "other_workspace", "tasks can be moved within their workspace only", field: "taskIDs")
      }
      let result = try await TaskItem.update { task in
        task.projectID = target.id
        task.version = task.version + 1
        task.updatedAt = .now()
      }.where { $0.id.in(ids) && $0.projectID != target.id }.run(tx)
      return Moved(
        projectID: target.id, moved: result.affectedRows, unchanged: ids.count - result.affectedRows)
    }
  }
}
