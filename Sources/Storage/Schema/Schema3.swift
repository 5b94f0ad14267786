extension Schema {
  /// By what a leap of the clock is noticed.
  static let version3 = """
    -- What the host's clock and its boot clock said when the time was last trusted.
    CREATE TABLE clock (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      bootID TEXT NOT NULL,
      -- Milliseconds since the host started.
      elapsed INTEGER NOT NULL,
      markedAt INTEGER NOT NULL
    ) STRICT;
    """
}
