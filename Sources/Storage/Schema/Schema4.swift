extension Schema {
  /// What a migration keeps: what an observed level and brownouts found, and announcements.
  static let version4 = """
    -- Since when callers are told of the cut-over.
    ALTER TABLE operation ADD COLUMN announcedAt INTEGER;

    -- The token that takes a key's place.
    ALTER TABLE legacyKey ADD COLUMN replacement TEXT REFERENCES token (id);
    CREATE INDEX legacyKeyByReplacement ON legacyKey (replacement) WHERE replacement IS NOT NULL;

    -- Live tokens that nobody uses: counted and listed without going to those that ended long ago.
    CREATE INDEX tokenLiveByUse ON token (lastUsedAt, number, expiresAt)
    WHERE revokedAt IS NULL AND replacedAt IS NULL;

    -- Requests that the observed level would have refused, since observing began.
    CREATE TABLE observation (
      -- As in refusal.
      caller TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('', 'bearer', 'password', 'legacy_key')),
      source TEXT NOT NULL,
      reason TEXT NOT NULL,
      count INTEGER NOT NULL CHECK (count > 0),
      firstAt INTEGER NOT NULL,
      lastAt INTEGER NOT NULL,
      agent TEXT,
      PRIMARY KEY (caller, kind, source, reason)
    ) STRICT, WITHOUT ROWID;

    -- Requests that a brownout refused, for good.
    CREATE TABLE brownoutFailure (
      brownout TEXT NOT NULL REFERENCES brownout (id),
      caller TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('password', 'legacy_key')),
      source TEXT NOT NULL,
      count INTEGER NOT NULL CHECK (count > 0),
      firstAt INTEGER NOT NULL,
      lastAt INTEGER NOT NULL,
      agent TEXT,
      PRIMARY KEY (brownout, caller, kind, source)
    ) STRICT, WITHOUT ROWID;
    """
}
