import Rowan

/// Fills an empty database with plausible rows, the same for the same seed.
struct Seeder {
  var seed: UInt64 = 20_260_105
  var tasksPerProject = 100

  /// How many rows were made.
  struct Counts: Sendable, Equatable, CustomStringConvertible {
    var users = 0
    var workspaces = 0
    var projects = 0
    var labels = 0
    var tasks = 0
    var taskLabels = 0
    var comments = 0

    var description: String {
      "\(users) users, \(workspaces) workspaces, \(projects) projects, \(labels) labels, \(tasks) tasks, "
        + "\(taskLabels) labels on tasks, \(comments) comments"
    }
  }

  /// Makes every row, or none.
  /// - Returns: nil when there are users already.
  func fill(_ db: Database) async throws -> Counts? {
    try await db.transaction { tx in
      if try await User.all().exists(tx) { return nil }
      var random = SplitMix64(seed: seed)
      var counts = Counts()

      try await User.insert(SeedRows.users(48, &random)).run(tx)
      let users = try await User.order { $0.email.ascending() }.fetchAll(tx)
      counts.users = users.count

      try await Workspace.insert(SeedRows.workspaces(users, &random)).run(tx)
      let workspaces = try await Workspace.order { $0.slug.ascending() }.fetchAll(tx)
      counts.workspaces = workspaces.count

      try await Project.insert(SeedRows.projects(workspaces, &random)).run(tx)
      try await Label.insert(SeedRows.labels(workspaces)).run(tx)
      let projects = try await Project.join(Workspace.self) { $0.workspaceID == $1.id }
        .order { _, workspace in workspace.slug.ascending() }.order { project, _ in project.name.ascending() }
        .select { project, _ in project }.fetchAll(tx)
      let labels = try await Label.all().order(by: { [$0.workspaceID.ascending(), $0.name.ascending()] }).fetchAll(tx)
      counts.projects = projects.count
      counts.labels = labels.count

      try await TaskItem.insert(SeedTasks.tasks(projects, each: tasksPerProject, users, &random)).run(tx)
      let tasks = try await TaskItem.all().order(by: { [$0.createdAt.ascending(), $0.title.ascending()] }).fetchAll(tx)
      counts.tasks = tasks.count

      let links = SeedTasks.labels(tasks, projects, labels, &random)
      try await TaskLabel.insert(links).run(tx)
      counts.taskLabels = links.count

      let comments = SeedTasks.comments(tasks, users, &random)
      try await Comment.insert(comments).run(tx)
      counts.comments = comments.count
      return counts
    }
  }
}
