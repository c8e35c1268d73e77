/// A transaction.
public final class Transaction: Sendable {}
