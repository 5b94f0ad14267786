package import Access

/// What a write returns, together with what the audit is told of it.
package struct Recorded<Value> {
  package let value: Value
  package let event: AuditEvent
  /// Further events of the same transaction, in order.
  package let more: [AuditEvent]

  package init(_ value: Value, _ event: AuditEvent, _ more: [AuditEvent] = []) {
    self.value = value
    self.event = event
    self.more = more
  }
}
