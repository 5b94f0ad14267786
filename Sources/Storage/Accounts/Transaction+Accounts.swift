package import Access
import GRDB

extension Transaction {
  package func insert(_ account: Account) throws { try insert([account]) }

  package func insert(_ accounts: [Account]) throws {
    try insert(
      "account (id, login, name, mail, kind, contact, isActive)", tuple: "(?, ?, ?, ?, ?, ?, ?)",
      accounts.map { account in
        [
          account.id.text, account.login.text, account.name, account.mail, account.kind.rawValue,
          account.contact, account.isActive,
        ]
      })
    try insertRoles(of: accounts)
  }

  /// Writes everything of an account but its password.
  package func update(_ account: Account) throws {
    try execute(
      """
      UPDATE account SET name = ?, mail = ?, kind = ?, contact = ?, isActive = ? WHERE id = ?
      """,
      [
        account.name, account.mail, account.kind.rawValue, account.contact, account.isActive,
        account.id.text,
      ])
    try execute("DELETE FROM accountRole WHERE account = ?", [account.login.text])
    try insertRoles(of: [account])
  }

  /// Stores a scrypt hash; nil removes the password.
  package func setPasswordHash(_ hash: String?, of id: Identifier<Account>) throws {
    try execute("UPDATE account SET passwordHash = ? WHERE id = ?", [hash, id.text])
  }

  /// Registers an essential integration, or replaces its entry.
  package func put(_ integration: EssentialIntegration) throws {
    try execute(
      """
      INSERT INTO integration (account, purpose, networks, contact, reviewDate)
      SELECT login, ?, ?, ?, ? FROM account WHERE id = ?
      ON CONFLICT (account) DO UPDATE SET
        purpose = excluded.purpose, networks = excluded.networks, contact = excluded.contact,
        reviewDate = excluded.reviewDate
      """,
      [
        integration.purpose, integration.networks.map(\.description).joined(separator: ","),
        integration.contact, integration.reviewDate.description, integration.account.text,
      ])
  }

  package func removeIntegration(of id: Identifier<Account>) throws {
    try execute(
      "DELETE FROM integration WHERE account = (SELECT login FROM account WHERE id = ?)",
      [id.text])
  }

  private func insertRoles(of accounts: [Account]) throws {
    try insert(
      "accountRole (account, role)", tuple: "(?, ?)",
      accounts.flatMap { account in account.roles.map { [account.login.text, $0.text] } })
  }
}
