package import Access

// MARK: - For those who ask about tokens (RFC 7662, RFC 7009). All of it may block.

extension EnforcementSite {
  /// Answers about a token or a legacy key, for a gateway of its audience.
  package func introspect(_ token: Secret, by client: ClientCredentials?) -> Introspection {
    .unavailable("not built")
  }

  /// Revokes a token of the client's audience; an unknown one counts as done.
  package func revoke(_ token: Secret, by client: ClientCredentials?) -> Revocation {
    .unavailable("not built")
  }

  /// What everybody may know: issuer, public keys, revoked tokens that have not ended.
  package func publication() throws -> Publication {
    Publication(issuer: "", keySet: "", revoked: [])
  }
}
