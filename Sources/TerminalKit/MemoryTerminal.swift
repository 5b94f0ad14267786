/// A terminal for tests: a queue of events in, the last frame out.
package final class MemoryTerminal: Terminal {
  package private(set) var size: Size
  package var capabilities: Capabilities
  package var theme: Theme = .dark
  /// Events not read yet, the next one first.
  package private(set) var events: [InputEvent] = []
  package private(set) var lastFrame: Frame?
  package private(set) var frameCount = 0
  package private(set) var copied: [String] = []
  package private(set) var suspensions = 0
  package private(set) var isSuspended = false
  package private(set) var isClosed = false

  package init(
    size: Size = Size(columns: 80, rows: 24),
    capabilities: Capabilities = Capabilities(colors: 16, glyphs: .unicode)
  ) {
    self.size = size
    self.capabilities = capabilities
  }

  package func send(_ events: InputEvent...) { self.events += events }

  package func type(_ keys: Key...) { events += keys.map { .key($0) } }

  /// Types each character of `text` as a key.
  package func type(_ text: String) { events += text.map { .key(.character($0)) } }

  /// Changes the size and queues the event that says so.
  package func resize(to size: Size) {
    self.size = size
    events.append(.resize(size))
  }

  package func readEvent() -> InputEvent? { events.isEmpty ? nil : events.removeFirst() }

  package func flushInput() {
    events.removeAll { event in
      switch event {
      case .key, .paste, .mouse: true
      case .resize, .continued, .hangup, .terminate: false
      }
    }
  }

  package func present(_ frame: Frame) {
    lastFrame = frame
    frameCount += 1
  }

  package func copy(_ text: String) { copied.append(text) }

  package func suspend() {
    suspensions += 1
    isSuspended = true
  }

  package func resume() { isSuspended = false }

  package func close() { isClosed = true }
}
