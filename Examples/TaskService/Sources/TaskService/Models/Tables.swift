import Rowan

/// Every table of the service.
enum Tables {
  static let all: [any Table.Type] = [
    User.self, Workspace.self, Project.self, TaskItem.self, Label.self, TaskLabel.self, Comment.self,
  ]
}
