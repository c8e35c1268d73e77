import Hummingbird
import Rowan

typealias WorkspaceID = ID<Workspace, Int64>

/// A team's own corner: projects and labels belong to one workspace.
@Table("workspaces")
struct Workspace: ResponseEncodable {
  @Column(.primaryKey, .generated) let id: WorkspaceID
  @Column(.varchar(60), .unique) var slug: String
  @Column(.varchar(100)) var name: String
  @Column(.references("users")) var ownerID: UserID
  @Column(default: .now) var createdAt: Timestamp
}
