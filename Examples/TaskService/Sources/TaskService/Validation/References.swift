import Rowan

/// Checks that rows named in a body exist. Done inside the transaction that refers to them, where the foreign key has
/// the last word; a check beforehand can say which field is at fault, on every engine.
enum References {
  static func require(user id: UserID, _ field: String, _ tx: Transaction) async throws {
    guard try await User.find(id).exists(tx) else { throw unknown("user", field) }
  }

  static func require(workspace id: WorkspaceID, _ field: String, _ tx: Transaction) async throws {
    guard try await Workspace.find(id).exists(tx) else { throw unknown("workspace", field) }
  }

  static func project(_ id: ProjectID, _ field: String, _ tx: Transaction) async throws -> Project {
    guard let project = try await Project.find(id).fetchFirst(tx) else { throw unknown("project", field) }
    return project
  }

  /// The labels `ids`, all of which must belong to `workspace`.
  static func labels(_ ids: [LabelID], of workspace: WorkspaceID, _ field: String, _ tx: Transaction) async throws
    -> [Label]
  {
    if ids.isEmpty { return [] }
    let labels = try await Label.where { $0.id.in(ids) && $0.workspaceID == workspace }
      .order { $0.name.ascending() }.fetchAll(tx)
    guard labels.count == Set(ids).count else {
      throw APIError.invalid(field, "the task's workspace has no such label", code: "unknown_label")
    }
    return labels
  }

  private static func unknown(_ what: String, _ field: String) -> APIError {
    .invalid(field, "there is no such \(what)", code: "unknown_\(what)")
  }
}
