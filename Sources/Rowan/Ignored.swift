/// Keeps a stored property out of the table.
///
/// ```swift
/// @Table("users")
/// struct User {
///   @Column(.primaryKey, .generated) let id: ID<User, Int64>
///   var email: String
///   @Ignored var isSelected = false
///   @Ignored var avatar: Image?
/// }
/// ```
///
/// Reading a row leaves the property at its initial value, so it must have one: write it, or make the property an
/// optional `var`. Any declaration may be ignored, such as a tuple, a `lazy` property or one with a property wrapper.
@attached(peer)
public macro Ignored() = #externalMacro(module: "RowanMacros", type: "IgnoredMacro")
