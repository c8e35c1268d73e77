/// The column that `@Table` reads from a property's name, as the macro does it: a macro is a program of its own, of which
/// nothing can be called.
///
/// A word starts at an upper-case letter that follows a lower-case letter or a digit, and at the last upper-case letter
/// of a run that goes on in lower case (`htmlURLString`), unless that is only the plural of an acronym (`userIDs`).
func snakeCased(_ identifier: String) -> String {
  let characters = Array(identifier)
  var result = ""
  for (index, character) in characters.enumerated() {
    if index > 0, character.isUppercase {
      let previous = characters[index - 1]
      let endsRun = previous.isUppercase && startsLowercaseWord(characters, after: index)
      if previous.isLowercase || previous.isNumber || endsRun { result.append("_") }
    }
    result += character.lowercased()
  }
  return result
}

private func startsLowercaseWord(_ characters: [Character], after index: Int) -> Bool {
  guard index + 1 < characters.count, characters[index + 1].isLowercase else { return false }
  let isPlural = characters[index + 1] == "s" && (index + 2 == characters.count || !characters[index + 2].isLowercase)
  return !isPlural
}
