extension Schema {
  /// Who may come in over SSH.
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
    """
}
