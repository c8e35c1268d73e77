/// English singulars, for the names of types.
enum Singular {
  private static let irregular = [
    "people": "person", "men": "man", "women": "woman", "children": "child", "mice": "mouse", "feet": "foot",
    "teeth": "tooth", "geese": "goose", "indices": "index", "vertices": "vertex", "matrices": "matrix",
    "criteria": "criterion", "analyses": "analysis", "crises": "crisis", "diagnoses": "diagnosis", "axes": "axis",
    "hypotheses": "hypothesis", "quizzes": "quiz", "lives": "life", "knives": "knife", "wives": "wife",
    "leaves": "leaf", "shelves": "shelf", "halves": "half", "wolves": "wolf", "thieves": "thief", "heroes": "hero",
    "potatoes": "potato", "tomatoes": "tomato", "echoes": "echo", "movies": "movie", "cookies": "cookie",
    "calories": "calorie", "ties": "tie", "pies": "pie", "aliases": "alias", "canvases": "canvas", "atlases": "atlas",
    "biases": "bias", "gases": "gas", "lenses": "lens", "caches": "cache", "houses": "house", "causes": "cause",
    "clauses": "clause", "warehouses": "warehouse", "spouses": "spouse", "uses": "use", "pauses": "pause",
  ]

  private static let unchanged: Set = [
    "data", "metadata", "news", "series", "species", "media", "information", "equipment", "sheep", "fish", "deer",
    "alias", "canvas", "atlas", "bias", "gas", "lens", "analytics", "physics", "mathematics", "politics", "sms", "dns",
    "gps", "css", "https", "ios", "aws", "sales",
  ]

  /// The singular of a word in lower case; the word itself where it has none.
  static func of(_ word: String) -> String {
    if let singular = irregular[word] { return singular }
    if unchanged.contains(word) || word.count < 4 && word != "ids" { return word }
    if word.hasSuffix("ss") || word.hasSuffix("us") || word.hasSuffix("is") { return word }
    if word.hasSuffix("ies"), word.count > 4 { return word.dropLast(3) + "y" }
    if word.hasSuffix("uses"), word.count > 4 { return String(word.dropLast(2)) }
    if ["sses", "shes", "ches", "xes", "zzes"].contains(where: { word.hasSuffix($0) }) {
      return String(word.dropLast(2))
    }
    return word.hasSuffix("s") ? String(word.dropLast()) : word
  }
}
