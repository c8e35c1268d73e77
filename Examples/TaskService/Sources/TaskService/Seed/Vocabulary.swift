/// The words that made-up rows consist of.
enum Vocabulary {
  static let firstNames = [
    "Ada", "Amara", "Bruno", "Chen", "Dana", "Elif", "Femi", "Greta", "Hugo", "Ines", "Jonas", "Kaito", "Lena", "Marek",
    "Noor", "Olu", "Priya", "Rosa", "Sven", "Tomasz", "Uma", "Viktor", "Wanja", "Yara",
  ]
  static let lastNames = [
    "Almeida", "Becker", "Castillo", "Dvořák", "Eriksen", "Fischer", "Garcia", "Haddad", "Ito", "Jansen", "Kowalski",
    "Lindqvist", "Moreau", "Nakamura", "Okafor", "Petrov", "Rossi", "Schmidt", "Tanaka", "Weiss",
  ]

  static let workspaces = [
    (slug: "acme-web", name: "Acme Web"), (slug: "northwind", name: "Northwind Logistics"),
    (slug: "harbor-clinic", name: "Harbor Clinic"), (slug: "fern-energy", name: "Fern Energy"),
  ]
  static let projects = [
    (name: "Customer portal", summary: "What customers see and change themselves."),
    (name: "Billing", summary: "Invoices, payments, reminders."), (name: "Mobile app", summary: "Both stores."),
    (name: "Data warehouse", summary: "Nightly loads and the reports on top."),
    (name: "Platform", summary: "Builds, deployments, on-call."), (name: "Website relaunch", summary: nil),
  ]
  static let labels = [
    (name: "bug", color: "#d73a4a"), (name: "customer", color: "#fbca04"), (name: "design", color: "#c5def5"),
    (name: "docs", color: "#0075ca"), (name: "feature", color: "#a2eeef"), (name: "infra", color: "#5319e7"),
    (name: "performance", color: "#1d76db"), (name: "security", color: "#b60205"),
  ]

  static let verbs = [
    "Fix", "Add", "Remove", "Document", "Speed up", "Review", "Test", "Migrate", "Rename", "Simplify", "Translate",
    "Monitor",
  ]
  static let things = [
    "the invoice list", "the login page", "password resets", "the export to CSV", "e-mail notifications",
    "the nightly import", "the search index", "the settings dialog", "address validation", "the payment webhook",
    "session handling", "the admin overview", "image uploads", "the audit log", "rate limits", "time zones in reports",
    "the onboarding tour", "backup restores", "the staging cluster", "dark mode",
  ]
  static let circumstances = [
    "", "", "", " for large accounts", " on slow connections", " after the last release", " before the audit",
    " in the Safari browser", " for the pilot customers", " when the cache is cold", " across regions",
  ]
  static let remarks = [
    "Reproduced on staging.", "Can wait until the next release.", "The customer asked about this again.",
    "Half of it is done, see the branch.", "Blocked until the certificate is renewed.", "Numbers are in the report.",
    "Let us split this into two.", "Works for me now, please verify.", "The log shows nothing unusual.",
    "Happens about once a day.", "I will pair with the platform team on this.", "Needs a decision on the wording.",
  ]
}
