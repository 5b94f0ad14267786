extension Schema {
  /// Who may come in over SSH, and where the audit ends.
  static let version5 = """
    CREATE TABLE sshKey (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      account TEXT NOT NULL REFERENCES account (login),
      type TEXT NOT NULL,
      bits INTEGER,
      -- As on the wire (RFC 4253, section 6.6): no key opens two accounts.
      blob BLOB NOT NULL UNIQUE,
      fingerprint TEXT NOT NULL UNIQUE,
      comment TEXT NOT NULL,
      addedAt INTEGER NOT NULL,
      addedBy TEXT NOT NULL
    ) STRICT;
    CREATE INDEX sshKeyByAccount ON sshKey (account, number);

    -- How far the audit came: told apart are rows that were cut off, and a copy that is older.
    CREATE TABLE auditHead (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      seq INTEGER NOT NULL
    ) STRICT;
    INSERT INTO auditHead SELECT 1, coalesce(max(seq), 0) FROM audit;
    CREATE TRIGGER auditGrows AFTER INSERT ON audit BEGIN
      UPDATE auditHead SET seq = new.seq;
    END;
    """
}
