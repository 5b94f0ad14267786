import Access
import Storage

extension SampleStory {
  /// Who was refused in the last hours: a key that was switched off, a token of the pilot, which the
  /// API mode no longer accepts, and a key that nobody knows, from where a good one came just before.
  mutating func watchRefusals() {
    let (desk, present) = (desk, present)
    func ago(_ seconds: Int64) -> Instant { present.advanced(bySeconds: -seconds) }
    at(present) {
      let webhook = try desk.key("ticket-webhook")
      let laptop = try desk.token("laptop", of: try desk.cast.login("dave")).id
      let deploy = try desk.key("ci-deploy")
      let switchedOff = RefusalGroup(
        caller: RefusalGroup.caller(webhook), kind: .legacyKey, source: "203.0.113.80",
        reason: .keyDisabled)
      let pilot = RefusalGroup(
        caller: RefusalGroup.caller(laptop), kind: .bearer, source: "10.4.4.2",
        reason: .methodRefused)
      let unknown = RefusalGroup(
        caller: "", kind: .legacyKey, source: "10.2.0.14", reason: .credentialInvalid)
      try desk.site.store.record(
        Traffic(
          refusals: [
            RefusedRequests(
              switchedOff, at: ago(41), count: 17, agent: "Webhooks/2", method: "POST",
              path: "/api/tickets"),
            RefusedRequests(
              switchedOff, at: ago(5 * 3600), count: 96, agent: "Webhooks/2", method: "POST",
              path: "/api/tickets"),
            RefusedRequests(
              pilot, at: ago(14 * 60), count: 3, agent: "curl/8.5.0", method: "GET",
              path: "/api/orders"),
            RefusedRequests(
              unknown, at: ago(9 * 60), count: 2, agent: "curl/8.5.0", method: "GET",
              path: "/api/builds"),
          ],
          acceptances: [
            Traffic.Acceptance(
              source: "10.2.0.14", caller: RefusalGroup.caller(deploy), at: ago(11 * 60))
          ]))
    }
  }
}
