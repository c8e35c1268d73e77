enum HostileInputCases {
  static let cases: [ConformanceCase] = []
}
