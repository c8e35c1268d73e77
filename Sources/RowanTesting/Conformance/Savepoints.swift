enum SavepointCases {
  static let cases: [ConformanceCase] = []
}
