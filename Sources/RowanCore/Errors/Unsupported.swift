extension RowanError {
  /// The error for a feature an engine lacks.
  /// - Parameters:
  ///   - feature: what was asked for.
  ///   - dialect: the engine.
  ///   - alternative: what does the job there.
  public static func unsupported(_ feature: String, dialect: String, alternative: String) -> RowanError {
    RowanError(.unsupported, "\(feature) is not supported by \(dialect)", hint: alternative)
  }

  /// The error for a state that only a defect in Rowan or in a dialect can bring about.
  public static func internalFailure(_ what: String) -> RowanError {
    RowanError(.internalError, what, hint: "this is a defect in Rowan or in the dialect; please report it")
  }
}
