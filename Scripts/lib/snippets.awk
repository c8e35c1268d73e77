# Writes the compiled fences of one Markdown page to sources/<module>/<line>.swift.
#
# Variables: page (as readers know it), path (for the compiler's messages), module, sources.

function emit_location(line) { return "#sourceLocation(file: \"" path "\", line: " line ")\n" }

# How much deeper a line leaves the reader; strings and comments count for nothing.
function depth_change(text, opened, closed) {
  gsub(/\\"/, "", text)
  gsub(/"[^"]*"/, "", text)
  sub(/\/\/.*/, "", text)
  opened = gsub(/[({[]/, "", text)
  closed = gsub(/[])}]/, "", text)
  return opened - closed
}

function declares(text) {
  return text ~ /^(@[A-Za-z_]+(\([^)]*\))? +)*((public|package|internal|private|fileprivate|final|nonisolated|indirect|distributed|async|static|prefix|postfix|infix) +)*(struct|class|enum|actor|extension|protocol|func|typealias|macro|operator)[ \t]/
}

function open_fence(alone, comment) {
  inside = 1
  hidden = comment
  stated_to = 0
  count++
  start = NR
  target = alone ? module "_" NR : module
  level = 0
  mode = ""
  held = ""
  declared = ""
  stated = ""
}

# Attributes and comments belong to what follows them, so they wait in `held`.
function take(text) {
  if (level == 0 && text ~ /^(@[A-Za-z_]+ +)*import[ \t]/) {
    imports[target] = imports[target] text "\n"
    return
  }
  if (level == 0 && mode == "") {
    if (text ~ /^[ \t]*$/) {
      if (stated_to == NR - 1 && held == "") {
        stated = stated "\n"
        stated_to = NR
      }
      return
    }
    if (text ~ /^\/\// || (text ~ /^@/ && !declares(text))) {
      if (held == "") held_at = NR
      held = held text "\n"
      level += depth_change(text)
      if (level > 0) mode = "held"
      return
    }
    mode = hidden || declares(text) ? "declared" : "stated"
    if (held == "") held_at = NR
    # A statement may go on in the next line, as `.filter` or `else` do: nothing may come between.
    piece = mode == "stated" && (stated_to == held_at - 1 || text ~ /^[ \t]/) ? held : emit_location(held_at) held
    held = ""
  }
  if (mode == "held") held = held text "\n"
  else piece = piece text "\n"
  level += depth_change(text)
  if (level <= 0) {
    level = 0
    if (mode == "declared") declared = declared piece
    if (mode == "stated") {
      stated = stated piece
      stated_to = NR
    }
    piece = ""
    mode = ""
  }
}

function close_fence() {
  inside = 0
  if (mode == "declared") declared = declared piece
  if (mode == "stated") stated = stated piece
  if (held != "") stated = stated held
  files[count] = target
  lines[count] = start
  body[count] = declared
  if (stated != "") body[count] = body[count] "func snippet_" start "() async throws {\n" stated "}\n"
}

{ sub(/\r$/, "") }
!inside && /^```swift compile[ \t]*$/ { open_fence(0, 0); closing = "^```[ \t]*$"; next }
!inside && /^```swift compile alone[ \t]*$/ { open_fence(1, 0); closing = "^```[ \t]*$"; next }
!inside && /^<!-- swift compile[ \t]*$/ { open_fence(0, 1); closing = "^-->[ \t]*$"; next }
!inside && /^```swift +compile/ {
  print page ":" NR ": unknown words after `swift compile`" >"/dev/stderr"
  failed = 1
}
inside && $0 ~ closing { close_fence(); next }
inside { take($0) }

END {
  if (inside) {
    print page ":" start ": this snippet is not closed" >"/dev/stderr"
    failed = 1
  }
  for (number = 1; number <= count; number++) {
    folder = sources "/" files[number]
    if (!(folder in made)) {
      made[folder] = 1
      system("mkdir -p '" folder "'")
    }
    file = folder "/snippet_" lines[number] ".swift"
    printf "%s", imports[files[number]] body[number] >file
    close(file)
  }
  exit failed
}
