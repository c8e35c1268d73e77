import Foundation

guard CommandLine.arguments.count == 2 else {
  FileHandle.standardError.write(Data("usage: generate-arities FOLDER\n".utf8))
  exit(2)
}
let folder = URL(fileURLWithPath: CommandLine.arguments[1])
for (name, text) in JoinTemplate.files().sorted(by: { $0.key < $1.key }) {
  try Data(text.utf8).write(to: folder.appendingPathComponent(name))
}
