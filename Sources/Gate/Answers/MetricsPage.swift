import Access
import Administration

/// `/metrics` in the text format of Prometheus, version 0.0.4.
struct MetricsPage {
  private var text = ""

  static func answer(
    _ meter: Meter, _ figures: EnforcementFigures, _ flushes: FlushRecord
  ) -> Answer {
    var page = MetricsPage()
    page.decisions(meter)
    page.latency(meter)
    page.metric("gatehouse_unavailable_total", "counter", "Requests that could not be judged.")
    page.sample("gatehouse_unavailable_total", meter.unavailable)
    page.metric("gatehouse_connections", "gauge", "Open connections.")
    page.sample("gatehouse_connections", meter.connections)
    page.metric(
      "gatehouse_remembered_credentials", "gauge", "Credentials whose facts are in memory.")
    page.sample("gatehouse_remembered_credentials", figures.remembered)
    page.metric(
      "gatehouse_flush_failures_total", "counter", "Times that counters could not be written.")
    page.sample("gatehouse_flush_failures_total", flushes.failures)
    if let expiring = figures.expiringTokens {
      page.metric(
        "gatehouse_tokens_expiring", "gauge", "Live tokens that end within ExpiryNotice.")
      page.sample("gatehouse_tokens_expiring", expiring)
    }
    if let last = figures.lastFlush {
      page.metric(
        "gatehouse_last_flush_timestamp_seconds", "gauge", "When counters were last written.")
      page.sample("gatehouse_last_flush_timestamp_seconds", Double(last.milliseconds) / 1000)
    }
    if let lag = figures.lagSeconds {
      page.metric("gatehouse_copy_lag_seconds", "gauge", "How far the copy may be behind.")
      page.sample("gatehouse_copy_lag_seconds", lag)
    }
    return Answer(
      .ok, lines: "Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n" + Answer.noStore,
      body: page.text)
  }

  private mutating func decisions(_ meter: Meter) {
    metric("gatehouse_decisions_total", "counter", "Decisions by reason and kind of credential.")
    let rows = meter.decisions.map { decided, count in
      let reason = decided.refusal?.rawValue ?? "allowed"
      let kind = decided.kind?.rawValue ?? "none"
      return ("gatehouse_decisions_total{reason=\"\(reason)\",kind=\"\(kind)\"}", count)
    }
    for (name, count) in rows.sorted(by: { $0.0 < $1.0 }) { sample(name, count) }
  }

  private mutating func latency(_ meter: Meter) {
    let name = "gatehouse_decision_seconds"
    metric(name, "histogram", "From the head of a request to its answer.")
    var sum = 0
    for (bound, count) in zip(Meter.bounds, meter.buckets) {
      sum += count
      sample("\(name)_bucket{le=\"\(Double(bound) / 1_000_000)\"}", sum)
    }
    let all = meter.buckets.reduce(0, +)
    sample("\(name)_bucket{le=\"+Inf\"}", all)
    sample("\(name)_sum", Double(meter.microseconds) / 1_000_000)
    sample("\(name)_count", all)
  }

  private mutating func metric(_ name: String, _ type: String, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
  }

  private mutating func sample(_ name: String, _ value: some CustomStringConvertible) {
    text += "\(name) \(value)\n"
  }
}
