extension Schema {
  /// The same rules in fewer triggers: every opening of the database reads them all.
  ///
  /// What one event sets off stands in one trigger, and rows that cannot be deleted have none for it.
  static let version6 = """
    \(arriving("token", "name", "owner"))
    \(arriving("account", "login", "name"))
    \(arriving("legacyKey", "label", "owner"))

    DROP TRIGGER tokenRevocationStands;
    DROP TRIGGER tokenEpochUpdate;
    CREATE TRIGGER tokenChanges BEFORE UPDATE OF
      name, expiresAt, suspendedAt, wokenAt, revokedAt, replacedAt, holdsName ON token
    BEGIN
      SELECT RAISE(ABORT, 'a revoked token is never revived')
      WHERE old.revokedAt IS NOT NULL AND new.revokedAt IS NOT old.revokedAt;
      UPDATE epoch SET value = value + 1;
    END;

    DROP TRIGGER legacyKeyRetirementStands;
    DROP TRIGGER legacyKeyEpochUpdate;
    CREATE TRIGGER legacyKeyChanges BEFORE UPDATE OF label, disabledAt, retiredAt ON legacyKey
    BEGIN
      SELECT RAISE(ABORT, 'a retired key is never revived')
      WHERE old.retiredAt IS NOT NULL AND new.retiredAt IS NOT old.retiredAt;
      UPDATE epoch SET value = value + 1;
    END;

    DROP TRIGGER revisionEpochDelete;

    DROP TRIGGER auditFollows;
    DROP TRIGGER auditGrows;
    CREATE TRIGGER auditFollows BEFORE INSERT ON audit BEGIN
      SELECT RAISE(ABORT, 'audit rows are numbered without gaps')
      WHERE new.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit);
      UPDATE auditHead SET seq = new.seq;
    END;
    """

  /// A new row of a long table is found, counted, and may matter to a decision.
  private static func arriving(_ table: String, _ first: String, _ second: String) -> String {
    """
    DROP TRIGGER \(table)Found;
    DROP TRIGGER \(table)Counted;
    DROP TRIGGER \(table)EpochInsert;
    CREATE TRIGGER \(table)Arrives AFTER INSERT ON \(table) BEGIN
      INSERT INTO \(table)Find (rowid, \(first), \(second))
      VALUES (new.number, new.\(first), new.\(second));
      UPDATE total SET value = value + 1 WHERE name = '\(table)';
      UPDATE epoch SET value = value + 1;
    END;
    DROP TRIGGER \(table)EpochDelete;
    """
  }
}
