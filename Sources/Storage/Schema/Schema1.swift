extension Schema {
  /// The first version; frozen once shipped.
  ///
  /// Times are milliseconds since 1970. A token that never ends has the last instant of the year
  /// 9999, one never used 0: NULL falls out of row-value comparison, and with it out of a page.
  /// Accounts are referred to by login, which never changes, so that lists need no join.
  static let version1 = """
    CREATE TABLE site (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      siteID TEXT NOT NULL,
      createdAt INTEGER NOT NULL,
      lastBackupAt INTEGER,
      -- Since when traffic has been seen at all.
      trafficSince INTEGER
    ) STRICT;

    -- Moves with every row that a decision could depend on.
    CREATE TABLE epoch (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      value INTEGER NOT NULL
    ) STRICT;
    INSERT INTO epoch VALUES (1, 0);

    -- count(*) over a million rows costs milliseconds; these cost one row.
    CREATE TABLE total (
      name TEXT PRIMARY KEY,
      value INTEGER NOT NULL CHECK (value >= 0)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO total VALUES ('token', 0), ('account', 0), ('legacyKey', 0);

    CREATE TABLE revision (
      number INTEGER PRIMARY KEY CHECK (number > 0),
      base INTEGER NOT NULL CHECK (base >= 0 AND base < number),
      author TEXT NOT NULL,
      at INTEGER NOT NULL,
      reason TEXT NOT NULL,
      summary TEXT NOT NULL,
      deadline INTEGER CHECK (deadline > at),
      document TEXT NOT NULL CHECK (json_valid(document)),
      verdict TEXT CHECK (verdict IN ('confirmed', 'cancelled')),
      verdictAt INTEGER,
      verdictBy TEXT,
      CHECK ((verdict IS NULL) = (verdictAt IS NULL) AND (verdict IS NULL) = (verdictBy IS NULL)),
      CHECK (verdict IS NULL OR deadline IS NOT NULL)
    ) STRICT;

    CREATE TRIGGER revisionFollows BEFORE INSERT ON revision BEGIN
      SELECT RAISE(ABORT, 'revisions are numbered without gaps')
      WHERE new.number <> (SELECT coalesce(max(number), 0) + 1 FROM revision);
      SELECT RAISE(ABORT, 'another revision is pending')
      WHERE EXISTS (
        SELECT 1 FROM revision WHERE verdict IS NULL AND deadline > new.at);
      SELECT RAISE(ABORT, 'the revision is not based on the one in force')
      WHERE new.base <> (
        SELECT coalesce(max(number), 0) FROM revision
        WHERE verdict IS NOT 'cancelled'
          AND (verdict = 'confirmed' OR deadline IS NULL OR deadline > new.at));
    END;
    CREATE TRIGGER revisionStands BEFORE UPDATE ON revision BEGIN
      SELECT RAISE(ABORT, 'a revision is never changed')
      WHERE old.verdict IS NOT NULL OR new.number <> old.number OR new.base <> old.base
        OR new.author <> old.author OR new.at <> old.at OR new.reason <> old.reason
        OR new.summary <> old.summary OR new.deadline IS NOT old.deadline
        OR new.document <> old.document OR new.verdictAt >= old.deadline;
    END;
    CREATE TRIGGER revisionStays BEFORE DELETE ON revision BEGIN
      SELECT RAISE(ABORT, 'a revision is never deleted');
    END;

    CREATE TABLE account (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      login TEXT NOT NULL UNIQUE CHECK (
        length(login) BETWEEN 1 AND 64 AND login NOT GLOB '*[^a-z0-9._-]*'),
      name TEXT NOT NULL COLLATE NOCASE,
      mail TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('person', 'service')),
      contact TEXT NOT NULL,
      isActive INTEGER NOT NULL CHECK (isActive IN (0, 1)),
      passwordHash TEXT,
      passwordUsedAt INTEGER NOT NULL DEFAULT 0,
      passwordSource TEXT,
      passwordAgent TEXT
    ) STRICT;
    CREATE INDEX accountByName ON account (name);
    CREATE INDEX accountWithPassword ON account (passwordUsedAt) WHERE passwordHash IS NOT NULL;

    CREATE TABLE accountRole (
      account TEXT NOT NULL REFERENCES account (login),
      role TEXT NOT NULL,
      PRIMARY KEY (account, role)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX accountRoleByRole ON accountRole (role, account);

    CREATE TABLE token (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      owner TEXT NOT NULL REFERENCES account (login),
      name TEXT NOT NULL COLLATE NOCASE,
      purpose TEXT NOT NULL,
      scope TEXT NOT NULL CHECK (scope IN ('read', 'read write')),
      digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
      kid TEXT NOT NULL,
      predecessor TEXT REFERENCES token (id),
      createdAt INTEGER NOT NULL,
      expiresAt INTEGER NOT NULL CHECK (expiresAt <= \(never)),
      -- Where lists have it: its end, and one that was revoked behind those that never end.
      endsAt INTEGER NOT NULL
        GENERATED ALWAYS AS (iif(revokedAt IS NULL, expiresAt, \(never) + 1)) VIRTUAL,
      suspendedAt INTEGER,
      wokenAt INTEGER,
      revokedAt INTEGER,
      revokedBy TEXT,
      revokedReason TEXT,
      replacedAt INTEGER,
      -- Whether the name is taken; an ended token gives it up when another wants it.
      holdsName INTEGER NOT NULL DEFAULT 1 CHECK (holdsName IN (0, 1)),
      lastUsedAt INTEGER NOT NULL DEFAULT 0,
      lastSource TEXT,
      lastAgent TEXT,
      uses INTEGER NOT NULL DEFAULT 0,
      CHECK ((revokedAt IS NULL) = (revokedBy IS NULL)),
      CHECK ((revokedAt IS NULL) = (revokedReason IS NULL))
    ) STRICT;
    CREATE UNIQUE INDEX tokenNamed ON token (owner, name COLLATE BINARY) WHERE holdsName = 1;
    CREATE INDEX tokenByEnd ON token (endsAt);
    CREATE INDEX tokenByName ON token (name);
    CREATE INDEX tokenByLastUse ON token (lastUsedAt);
    CREATE INDEX tokenByOwnerAndEnd ON token (owner, endsAt);
    CREATE INDEX tokenByOwnerAndName ON token (owner, name);
    CREATE INDEX tokenByOwnerAndLastUse ON token (owner, lastUsedAt);
    CREATE INDEX tokenLive ON token (expiresAt) WHERE revokedAt IS NULL AND replacedAt IS NULL;
    CREATE INDEX tokenReplaced ON token (replacedAt) WHERE replacedAt IS NOT NULL;
    CREATE INDEX tokenByPredecessor ON token (predecessor) WHERE predecessor IS NOT NULL;
    CREATE TRIGGER tokenRevocationStands BEFORE UPDATE OF revokedAt ON token BEGIN
      SELECT RAISE(ABORT, 'a revoked token is never revived')
      WHERE old.revokedAt IS NOT NULL AND new.revokedAt IS NOT old.revokedAt;
    END;

    CREATE TABLE legacyKey (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      owner TEXT NOT NULL REFERENCES account (login),
      label TEXT NOT NULL COLLATE NOCASE,
      digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
      createdAt INTEGER,
      disabledAt INTEGER,
      retiredAt INTEGER,
      lastUsedAt INTEGER NOT NULL DEFAULT 0,
      lastSource TEXT,
      lastAgent TEXT
    ) STRICT;
    CREATE INDEX legacyKeyByLabel ON legacyKey (label);
    CREATE INDEX legacyKeyByLastUse ON legacyKey (lastUsedAt);
    CREATE INDEX legacyKeyByOwner ON legacyKey (owner, lastUsedAt);
    CREATE TRIGGER legacyKeyRetirementStands BEFORE UPDATE OF retiredAt ON legacyKey BEGIN
      SELECT RAISE(ABORT, 'a retired key is never revived')
      WHERE old.retiredAt IS NOT NULL AND new.retiredAt IS NOT old.retiredAt;
    END;

    CREATE TABLE integration (
      account TEXT PRIMARY KEY REFERENCES account (login),
      purpose TEXT NOT NULL,
      -- CIDR, separated by commas.
      networks TEXT NOT NULL CHECK (networks <> ''),
      contact TEXT NOT NULL,
      reviewDate TEXT NOT NULL CHECK (reviewDate GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
    ) STRICT, WITHOUT ROWID;

    -- Requests per credential and day (days since 1970, UTC).
    CREATE TABLE usage (
      kind TEXT NOT NULL CHECK (kind IN ('bearer', 'password', 'legacy_key')),
      credential TEXT NOT NULL,
      day INTEGER NOT NULL,
      count INTEGER NOT NULL CHECK (count > 0),
      PRIMARY KEY (kind, credential, day)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE review (
      -- kind:subject of a migration warning.
      id TEXT PRIMARY KEY,
      state TEXT NOT NULL CHECK (
        state IN ('new', 'notified', 'migrated', 'accepted_break', 'postponed')),
      note TEXT NOT NULL,
      until INTEGER,
      reviewer TEXT NOT NULL,
      at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE operation (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      observedLevel TEXT CHECK (observedLevel IN ('standard', 'high', 'maximum')),
      observedSince INTEGER,
      cutOver TEXT
    ) STRICT;
    INSERT INTO operation (id) VALUES (1);

    CREATE TABLE brownout (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('password', 'legacy_key')),
      fromAt INTEGER NOT NULL,
      untilAt INTEGER NOT NULL CHECK (untilAt > fromAt),
      abortedAt INTEGER
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE audit (
      seq INTEGER PRIMARY KEY CHECK (seq > 0),
      at INTEGER NOT NULL,
      actor TEXT NOT NULL,
      through TEXT NOT NULL CHECK (through IN ('console', 'command', 'gate', 'system')),
      source TEXT NOT NULL,
      action TEXT NOT NULL CHECK (action <> ''),
      target TEXT NOT NULL,
      before TEXT,
      after TEXT,
      reason TEXT,
      hash BLOB NOT NULL CHECK (length(hash) = 32)
    ) STRICT;
    CREATE INDEX auditByActor ON audit (actor);
    CREATE INDEX auditByAction ON audit (action);
    CREATE INDEX auditByTime ON audit (at);
    -- The end of a revision that takes itself back is told once, whoever looks first.
    CREATE UNIQUE INDEX auditLapse ON audit (target) WHERE action = 'revision.lapse';
    CREATE TRIGGER auditFollows BEFORE INSERT ON audit BEGIN
      SELECT RAISE(ABORT, 'audit rows are numbered without gaps')
      WHERE new.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit);
    END;
    CREATE TRIGGER auditStands BEFORE UPDATE ON audit BEGIN
      SELECT RAISE(ABORT, 'an audit row is never changed');
    END;
    CREATE TRIGGER auditStays BEFORE DELETE ON audit BEGIN
      SELECT RAISE(ABORT, 'an audit row is never deleted');
    END;

    \(finding("token", "name", "owner"))
    \(finding("account", "login", "name"))
    \(finding("legacyKey", "label", "owner"))

    \(counting("token"))
    \(counting("account"))
    \(counting("legacyKey"))

    \(deciding("revision", "verdict"))
    \(deciding("account", "kind, isActive, passwordHash"))
    \(deciding("accountRole", nil))
    \(deciding(
      "token", "name, expiresAt, suspendedAt, wokenAt, revokedAt, replacedAt, holdsName"))
    \(deciding("legacyKey", "label, disabledAt, retiredAt"))
    \(deciding("integration", "purpose, networks, contact, reviewDate"))
    \(deciding("operation", "observedLevel, observedSince, cutOver"))
    \(deciding("brownout", "abortedAt"))
    """

  static let never: Int64 = 253_402_300_799_000

  /// An index for finding any three characters or more of two columns, kept by triggers.
  private static func finding(_ table: String, _ first: String, _ second: String) -> String {
    """
    CREATE VIRTUAL TABLE \(table)Find USING fts5(
      \(first), \(second), content = '\(table)', content_rowid = 'number', tokenize = 'trigram',
      detail = none, columnsize = 0);
    CREATE TRIGGER \(table)Found AFTER INSERT ON \(table) BEGIN
      INSERT INTO \(table)Find (rowid, \(first), \(second))
      VALUES (new.number, new.\(first), new.\(second));
    END;
    CREATE TRIGGER \(table)Refound AFTER UPDATE OF \(first), \(second) ON \(table) BEGIN
      INSERT INTO \(table)Find (\(table)Find, rowid, \(first), \(second))
      VALUES ('delete', old.number, old.\(first), old.\(second));
      INSERT INTO \(table)Find (rowid, \(first), \(second))
      VALUES (new.number, new.\(first), new.\(second));
    END;
    """
  }

  /// Nothing that had a row is ever deleted: what it did must stay explicable.
  private static func counting(_ table: String) -> String {
    """
    CREATE TRIGGER \(table)Counted AFTER INSERT ON \(table) BEGIN
      UPDATE total SET value = value + 1 WHERE name = '\(table)';
    END;
    CREATE TRIGGER \(table)Stays BEFORE DELETE ON \(table) BEGIN
      SELECT RAISE(ABORT, '\(table) rows are never deleted');
    END;
    """
  }

  static func deciding(_ table: String, _ columns: String?) -> String {
    let bump = "BEGIN UPDATE epoch SET value = value + 1; END;"
    let update = columns.map {
      "CREATE TRIGGER \(table)EpochUpdate AFTER UPDATE OF \($0) ON \(table) \(bump)"
    }
    return """
      CREATE TRIGGER \(table)EpochInsert AFTER INSERT ON \(table) \(bump)
      CREATE TRIGGER \(table)EpochDelete AFTER DELETE ON \(table) \(bump)
      \(update ?? "")
      """
  }
}
