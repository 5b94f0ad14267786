import Access
import Administration
import Glibc

extension CutOverNotice {
  /// That the method is deprecated since the announcement (RFC 9745 section 2), when it ends
  /// (RFC 8594 section 3), and where to read what to do.
  var lines: String {
    """
    Deprecation: @\(cutOver.announcedAt.seconds)\r
    Sunset: \(httpDate(cutOver.date.start))\r
    Link: <\(help)>; rel="deprecation"; type="text/html", <\(help)>; rel="sunset"; type="text/html"\r

    """
  }
}

/// An instant as HTTP writes it (RFC 9110 section 5.6.7), like `Sun, 06 Nov 1994 08:49:37 GMT`.
func httpDate(_ instant: Instant) -> String {
  var seconds = time_t(instant.seconds)
  var parts = tm()
  gmtime_r(&seconds, &parts)
  // The locale's names of days and months are those of C: no other is ever set for them.
  return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 40) { text in
    guard let start = text.baseAddress,
      strftime(start, text.count, "%a, %d %b %Y %H:%M:%S GMT", &parts) > 0
    else { return "" }
    return String(cString: start)
  }
}
