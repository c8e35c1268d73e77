import RowanCore

enum SelectingCases {
  static let cases: [ConformanceCase] = [
    ConformanceCase("selecting/whole rows") { trial in
      try await Person.createAndFill(trial.db)
      let ada = try await Person.find(ID(1)).fetchOne(trial.db)
      try expectEqual(ada.name, "Ada")
      try expectEqual(ada.age, 36)
      try expectEqual(ada.managerID, nil)
      let all = try await Person.order { $0.id.ascending() }.fetchAll(trial.db)
      try expectEqual(all.map(\.name), ["Ada", "Grace", "Linus", "Dennis"])
      try expectEqual(all.map(\.age), [36, nil, 21, 70])
    }
  ]
}
