import Rowan

/// Made-up tasks, their labels and what is said about them.
enum SeedTasks {
  static func tasks(
    _ projects: [Project], each count: Int, _ users: [User], _ random: inout SplitMix64
  ) -> [TaskItem.Draft] {
    var drafts: [TaskItem.Draft] = []
    drafts.reserveCapacity(projects.count * count)
    for project in projects {
      for _ in 0..<count { drafts.append(task(project, users, &random)) }
    }
    return drafts
  }

  private static func task(_ project: Project, _ users: [User], _ random: inout SplitMix64) -> TaskItem.Draft {
    let verb = random.pick(Vocabulary.verbs, or: "Fix")
    let thing = random.pick(Vocabulary.things, or: "the invoice list")
    let created = SeedRows.instant(after: SeedRows.start, within: 210, &random)
    let later = Int64.random(in: 0..<(20 * 86_400_000_000), using: &random)
    let status = status(&random)
    let isAssigned = random.chance(status == .todo ? 60 : 95)
    let isDue = random.chance(55)
    let due = created.calendarDate.adding(days: Int32.random(in: 3...120, using: &random))
    let metadata = TaskMetadata(
      estimateHours: random.chance(70) ? Double(Int.random(in: 1...80, using: &random)) / 2 : nil,
      links: random.chance(20) ? ["https://example.com/issues/\(Int.random(in: 100...9999, using: &random))"] : nil,
      source: random.pick(["mail", "phone", "retrospective", "monitoring"], or: "mail"))
    return TaskItem.Draft(
      projectID: project.id,
      title: "\(verb) \(thing)\(random.pick(Vocabulary.circumstances, or: ""))",
      details: random.chance(60) ? remarks(1...3, &random) : nil,
      status: status,
      priority: priority(&random),
      assigneeID: isAssigned ? users.randomElement(using: &random)?.id : nil,
      dueOn: isDue ? due : nil,
      metadata: JSON(metadata),
      version: 1,
      createdAt: created,
      updatedAt: created.adding(microseconds: later) ?? created)
  }

  private static func status(_ random: inout SplitMix64) -> TaskStatus {
    switch Int.random(in: 0..<100, using: &random) {
    case ..<35: .todo
    case ..<50: .inProgress
    case ..<60: .inReview
    case ..<93: .done
    default: .cancelled
    }
  }

  private static func priority(_ random: inout SplitMix64) -> Priority {
    switch Int.random(in: 0..<100, using: &random) {
    case ..<20: .low
    case ..<75: .normal
    case ..<95: .high
    default: .urgent
    }
  }

  private static func remarks(_ range: ClosedRange<Int>, _ random: inout SplitMix64) -> String {
    let count = Int.random(in: range, using: &random)
    return (0..<count).map { _ in random.pick(Vocabulary.remarks, or: "Noted.") }.joined(separator: " ")
  }

  static func labels(
    _ tasks: [TaskItem], _ projects: [Project], _ labels: [Label], _ random: inout SplitMix64
  ) -> [TaskLabel.Draft] {
    let workspaces = Dictionary(uniqueKeysWithValues: projects.map { ($0.id, $0.workspaceID) })
    let byWorkspace = Dictionary(grouping: labels, by: \.workspaceID)
    return tasks.flatMap { task in
      let known = workspaces[task.projectID].flatMap { byWorkspace[$0] } ?? []
      let count = Int.random(in: 0...3, using: &random)
      return known.shuffled(using: &random).prefix(count).map { TaskLabel.Draft(taskID: task.id, labelID: $0.id) }
    }
  }

  static func comments(_ tasks: [TaskItem], _ users: [User], _ random: inout SplitMix64) -> [Comment.Draft] {
    tasks.flatMap { task in
      (0..<Int.random(in: 0...3, using: &random)).compactMap { index -> Comment.Draft? in
        guard let author = users.randomElement(using: &random) else { return nil }
        let when = task.createdAt.adding(microseconds: Int64(index + 1) * 5_400_000_000)
        return Comment.Draft(
          taskID: task.id, authorID: author.id, body: remarks(1...2, &random), createdAt: when ?? task.createdAt)
      }
    }
  }
}
