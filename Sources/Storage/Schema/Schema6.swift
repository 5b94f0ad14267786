extension Schema {
  /// The same rules in fewer triggers: every opening of the database reads them all.
  ///
  /// What one event sets off stands in one trigger, and rows that cannot be deleted have none for it.
  static let version6 = """
    \(arriving("token", "name", "owner"))
    \(arriving("account", "login", "name"))
    \(arriving("legacyKey", "label", "owner"))

    DROP TRIGGER tokenRevocationStands;
    DROP TRIGGER legacyKeyRetirementStands;
    \(changing(
      "token", "name, expiresAt, suspendedAt, wokenAt, revokedAt, replacedAt, holdsName",
      endedBy: "revokedAt", "a revoked token is never revived"))
    \(changing(
      "legacyKey", "label, disabledAt, retiredAt",
      endedBy: "retiredAt", "a retired key is never revived"))

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

  /// Columns of which each may matter to a decision; what `end` was set in stays ended.
  private static func changing(
    _ table: String, _ columns: String, endedBy end: String, _ message: String
  ) -> String {
    """
    DROP TRIGGER \(table)EpochUpdate;
    CREATE TRIGGER \(table)Changes BEFORE UPDATE OF \(columns) ON \(table) BEGIN
      SELECT RAISE(ABORT, '\(message)')
      WHERE old.\(end) IS NOT NULL AND new.\(end) IS NOT old.\(end);
      UPDATE epoch SET value = value + 1;
    END;
    """
  }
}
