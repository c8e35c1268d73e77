enum EventCases {
  static let cases: [ConformanceCase] = []
}
