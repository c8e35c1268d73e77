import Hummingbird
import Rowan

typealias ProjectID = ID<Project, Int64>

/// A list of tasks inside a workspace. Its name is unique there.
@Table("projects", uniques: [UniqueSchema(["workspace_id", "name"], name: "projects_name_in_workspace")])
struct Project: ResponseEncodable {
  @Column(.primaryKey, .generated) let id: ProjectID
  @Column(.references("workspaces")) var workspaceID: WorkspaceID
  @Column(.varchar(100)) var name: String
  var summary: String?
  @Column(default: false) var isArchived: Bool
  @Column(default: .now) var createdAt: Timestamp
}
