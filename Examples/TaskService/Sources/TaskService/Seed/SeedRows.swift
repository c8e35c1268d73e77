import Rowan

/// Made-up users, workspaces, projects and labels.
enum SeedRows {
  /// 2025-06-02, the day the made-up company began to use the service.
  static let start = CalendarDate(days: 20_241)

  /// An instant within `days` days after `day`.
  static func instant(after day: CalendarDate, within days: Int, _ random: inout SplitMix64) -> Timestamp {
    let microseconds = Int64.random(in: 0..<(Int64(Swift.max(1, days)) * 86_400_000_000), using: &random)
    return Timestamp(microseconds: Int64(day.days) * 86_400_000_000 + microseconds)
  }

  static func users(_ count: Int, _ random: inout SplitMix64) -> [User.Draft] {
    var drafts: [User.Draft] = []
    var emails: Set<String> = []
    while drafts.count < Swift.min(count, Vocabulary.firstNames.count * Vocabulary.lastNames.count) {
      let first = random.pick(Vocabulary.firstNames, or: "Ada")
      let last = random.pick(Vocabulary.lastNames, or: "Rossi")
      let email = "\(first).\(last)@example.com".lowercased().replacing("ř", with: "r").replacing("á", with: "a")
      guard emails.insert(email).inserted else { continue }
      drafts.append(
        User.Draft(email: email, name: "\(first) \(last)", createdAt: instant(after: start, within: 60, &random)))
    }
    return drafts
  }

  static func workspaces(_ users: [User], _ random: inout SplitMix64) -> [Workspace.Draft] {
    Vocabulary.workspaces.compactMap { workspace in
      users.randomElement(using: &random).map { owner in
        Workspace.Draft(
          slug: workspace.slug, name: workspace.name, ownerID: owner.id,
          createdAt: instant(after: start, within: 30, &random))
      }
    }
  }

  static func projects(_ workspaces: [Workspace], _ random: inout SplitMix64) -> [Project.Draft] {
    workspaces.flatMap { workspace in
      Vocabulary.projects.map { project in
        Project.Draft(
          workspaceID: workspace.id, name: project.name, summary: project.summary, isArchived: false,
          createdAt: instant(after: start, within: 60, &random))
      }
    }
  }

  static func labels(_ workspaces: [Workspace]) -> [Label.Draft] {
    workspaces.flatMap { workspace in
      Vocabulary.labels.map { Label.Draft(workspaceID: workspace.id, name: $0.name, color: $0.color) }
    }
  }
}
