/// A transaction.
public final class TransactionScope: Sendable {}
