enum PluginCases {
  static let cases: [ConformanceCase] = []
}
