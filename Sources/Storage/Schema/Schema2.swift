extension Schema {
  /// What the gate keeps: who was refused, who guesses passwords, which gateways may introspect.
  static let version2 = """
    -- Refused requests of the last 24 hours, grouped, in slots of ten minutes (since 1970, UTC).
    CREATE TABLE refusal (
      slot INTEGER NOT NULL,
      -- token:ID, legacy_key:ID or account:LOGIN; '' is nobody known, 'others' what went beyond the
      -- limit of groups.
      caller TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('', 'bearer', 'password', 'legacy_key')),
      -- An address, or '' where the gateway named none.
      source TEXT NOT NULL,
      reason TEXT NOT NULL,
      count INTEGER NOT NULL CHECK (count > 0),
      -- The last of them.
      lastAt INTEGER NOT NULL,
      agent TEXT,
      method TEXT,
      -- Without its query, which may hold a secret.
      path TEXT,
      PRIMARY KEY (slot, caller, kind, source, reason)
    ) STRICT, WITHOUT ROWID;

    -- Refused requests per day for good.
    CREATE TABLE refusalDay (
      day INTEGER NOT NULL,
      reason TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('', 'bearer', 'password', 'legacy_key')),
      count INTEGER NOT NULL CHECK (count > 0),
      PRIMARY KEY (day, reason, kind)
    ) STRICT, WITHOUT ROWID;

    -- Who was last accepted from an address.
    CREATE TABLE acceptance (
      source TEXT PRIMARY KEY,
      caller TEXT NOT NULL,
      at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX acceptanceByTime ON acceptance (at);

    -- Wrong passwords per login and network (/24, /64); a login need not exist.
    CREATE TABLE guessing (
      login TEXT NOT NULL,
      network TEXT NOT NULL,
      failures INTEGER NOT NULL CHECK (failures >= 0),
      -- The first of the failures counted.
      since INTEGER NOT NULL,
      -- Refused until then, and for how many seconds the last time.
      delayedUntil INTEGER NOT NULL DEFAULT 0,
      delay INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (login, network)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX guessingByTime ON guessing (since);

    -- Gateways that may introspect and revoke tokens of an audience.
    CREATE TABLE client (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL COLLATE NOCASE,
      audience TEXT NOT NULL,
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      createdAt INTEGER NOT NULL,
      removedAt INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX clientNamed ON client (name) WHERE removedAt IS NULL;
    \(deciding("client", "removedAt"))

    -- For the list of those that still seem good to whoever checks offline.
    CREATE INDEX tokenRevoked ON token (expiresAt) WHERE revokedAt IS NOT NULL;
    """
}
