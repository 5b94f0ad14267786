import Access
import Administration
import NIOCore
import NIOExtras
import NIOHTTP1

/// One connection of a gateway: reads its requests, one after the other, and answers each.
///
/// Behind the HTTP decoder; what it writes are bytes.
final class Connection: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundIn = Never
  typealias OutboundOut = ByteBuffer

  private let state: LoopState
  private let peer: Peer
  private var context: ChannelHandlerContext?
  private var phase = Phase.receiving(since: .now())
  /// The page whose body is still coming.
  private var page: (page: Route.Page, head: HTTPRequestHead, body: ByteBuffer)?
  /// What came while an answer was being worked out.
  private var waiting: [HTTPServerRequestPart] = []
  /// Answers of this reading, written together.
  private var out = ByteBuffer()
  private var isReadHeld = false
  private var isQuiescing = false

  private enum Phase {
    /// Between two requests.
    case idle(since: NIODeadline)
    /// Some of a request has come, or the first one is awaited.
    case receiving(since: NIODeadline)
    /// An answer is being worked out on another thread.
    case answering
    /// All is said; what still comes is thrown away.
    case lingering(since: NIODeadline)
  }

  init(_ state: LoopState, peer: Peer) {
    self.state = state
    self.peer = peer
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    state.add(self)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    state.remove(self)
    self.context = nil
  }

  /// Ends the connection if it takes longer than ``Limits`` allow.
  func endIfLate(_ now: NIODeadline) {
    let end =
      switch phase {
      case .idle(let since): since + Limits.idle
      case .receiving(let since): since + Limits.request
      case .lingering(let since): since + Limits.linger
      case .answering: NIODeadline.distantFuture
      }
    if now >= end { context?.close(promise: nil) }
  }

  // MARK: - What comes in

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let part = unwrapInboundIn(data)
    switch phase {
    case .answering: waiting.append(part)
    case .lingering: break
    case .idle, .receiving: take(part, context)
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    // Bytes that make no head yet.
    if case .idle = phase { phase = out.readableBytes > 0 ? phase : .receiving(since: .now()) }
    flush(context)
    context.fireChannelReadComplete()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let error = error as? HTTPParserError, !isEnding else {
      return context.close(promise: nil)
    }
    page = nil
    write(
      error == .headerOverflow
        ? .error(.headersTooLarge, "invalid_request", "The head is too large. Send less.")
        : .error(.badRequest, "invalid_request", "This is not a well-formed request."),
      isHead: false, isLast: true, context)
    flush(context)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is ChannelShouldQuiesceEvent {
      isQuiescing = true
      if case .idle = phase { context.close(promise: nil) }
    }
    context.fireUserInboundEventTriggered(event)
  }

  /// No more is read while an answer is worked out, or while earlier ones are not taken.
  func read(context: ChannelHandlerContext) {
    if isAnswering || !context.channel.isWritable {
      isReadHeld = true
    } else {
      context.read()
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { releaseRead(context) }
    context.fireChannelWritabilityChanged()
  }

  private func releaseRead(_ context: ChannelHandlerContext) {
    guard isReadHeld else { return }
    isReadHeld = false
    read(context: context)
  }

  private var isAnswering: Bool { if case .answering = phase { true } else { false } }

  private var isEnding: Bool { if case .lingering = phase { true } else { false } }

  private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
    switch part {
    case .head(let head): begin(head, context)
    case .body(let bytes):
      guard page != nil else { return }
      page?.body.writeImmutableBuffer(bytes)
      guard let page, page.body.readableBytes > Limits.body else { return }
      self.page = nil
      write(
        .error(.contentTooLarge, "invalid_request", "The body is too large. Send the form alone."),
        isHead: false, isLast: true, context)
    case .end:
      guard let page else { return }
      self.page = nil
      answer(page.page, page.head, page.body, context)
    }
  }

  private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    phase = .receiving(since: .now())
    guard head.uri.utf8.count <= Limits.target else {
      return write(
        .error(.targetTooLong, "invalid_request", "The target is too long."),
        isHead: head.method == .HEAD, isLast: true, context)
    }
    switch Route(target: head.uri) {
    case .auth(let convention): judge(head, convention, context)
    case .page(let page): self.page = (page, head, ByteBuffer())
    case .unknown:
      write(
        .error(
          .notFound, "invalid_request", "There is nothing here. See \(Route.Page.help.rawValue)."),
        isHead: head.method == .HEAD, isLast: isLast(head), context)
    }
  }

  /// Whether nothing can follow: a body that was announced may never come (nginx sends its length
  /// with a sub-request, and not the body), and is not waited for.
  private func isLast(_ head: HTTPRequestHead) -> Bool {
    let length = head.headers.first(name: "content-length")
    return isQuiescing || !head.isKeepAlive || head.method == .CONNECT
      || head.headers.contains(name: "transfer-encoding") || !(length == nil || length == "0")
  }

  // MARK: - Deciding

  private func judge(
    _ head: HTTPRequestHead, _ convention: ForwardConvention, _ context: ChannelHandlerContext
  ) {
    let begun = NIODeadline.now()
    let judgement = state.enforcement.judge { [state, peer] legacyKeyHeader in
      Attempt(
        head, convention, from: peer, peers: state.peers, legacyKeyHeader: legacyKeyHeader)
    }
    conclude(
      judgement, Pending(begun: begun, isHead: head.method == .HEAD, isLast: isLast(head)), context)
  }

  /// A request under way.
  private struct Pending {
    let begun: NIODeadline
    let isHead: Bool
    let isLast: Bool
  }

  private func conclude(
    _ judgement: Judgement, _ pending: Pending, _ context: ChannelHandlerContext
  ) {
    switch judgement {
    case .ruled(let ruling):
      state.meter.count(ruling.decision, microseconds: elapsed(pending))
      if let refusal = ruling.decision.refusal {
        write(
          Answer(refusing: ruling, because: refusal, lines: state.lines(ruling.notice)),
          isHead: pending.isHead,
          isLast: pending.isLast, context)
      } else {
        allow(ruling.identity, ruling.notice, pending, context)
      }
    case .unavailable(let reason):
      state.office.complain(reason)
      state.meter.countUnavailable(microseconds: elapsed(pending))
      if state.office.site.observesOnly {
        allow(nil, nil, pending, context)
      } else {
        write(.unavailable, isHead: pending.isHead, isLast: pending.isLast, context)
      }
    case .deferred(let work):
      wait(for: state.office.perform(on: context.eventLoop, work), context) { [self] result in
        conclude(
          (try? result.get()) ?? .unavailable("The service is ending."), pending, context)
      }
    }
  }

  private func elapsed(_ pending: Pending) -> Int64 {
    (NIODeadline.now() - pending.begun).nanoseconds / 1000
  }

  private func allow(
    _ identity: Identity?, _ notice: CutOverNotice?, _ pending: Pending,
    _ context: ChannelHandlerContext
  ) {
    out.writeStaticString("HTTP/1.1 200 OK\r\n")
    out.writeString(state.date)
    out.writeStaticString("Content-Length: 0\r\nCache-Control: no-store\r\n")
    if pending.isLast { out.writeStaticString("Connection: close\r\n") }
    out.writeIdentity(identity)
    if let notice { out.writeString(state.lines(notice)) }
    out.writeStaticString("\r\n")
    answered(isLast: pending.isLast, context)
  }

  // MARK: - Pages

  private func answer(
    _ page: Route.Page, _ head: HTTPRequestHead, _ body: ByteBuffer,
    _ context: ChannelHandlerContext
  ) {
    let office = state.office
    let loop = context.eventLoop
    let isHead = head.method == .HEAD
    let isLast = isQuiescing || !head.isKeepAlive
    let answer =
      if page == .metrics, head.method == .GET || isHead {
        state.loops.meter(on: loop).flatMap { meter in
          office.perform(on: loop) {
            MetricsPage.answer(meter, office.site.figures(), office.flushes)
          }
        }
      } else {
        office.perform(on: loop) { office.answer(page, head, body) }
      }
    wait(for: answer, context) { [self] result in
      write((try? result.get()) ?? .unavailable, isHead: isHead, isLast: isLast, context)
    }
  }

  // MARK: - What goes out

  /// Waits for an answer from another thread, and goes on with what came meanwhile.
  private func wait<Value: Sendable>(
    for future: EventLoopFuture<Value>, _ context: ChannelHandlerContext,
    _ then: @escaping (Result<Value, any Error>) -> Void
  ) {
    phase = .answering
    future.assumeIsolated().whenComplete { [self] result in
      guard self.context != nil else { return }
      phase = .receiving(since: .now())
      then(result)
      while !waiting.isEmpty, !isAnswering, !isEnding { take(waiting.removeFirst(), context) }
      flush(context)
      if !isAnswering { releaseRead(context) }
    }
  }

  private func write(
    _ answer: Answer, isHead: Bool, isLast: Bool, _ context: ChannelHandlerContext
  ) {
    answer.write(to: &out, date: state.date, isHead: isHead, isLast: isLast)
    answered(isLast: isLast, context)
  }

  private func answered(isLast: Bool, _ context: ChannelHandlerContext) {
    guard isLast else {
      phase = .idle(since: .now())
      return
    }
    phase = .lingering(since: .now())
    waiting = []
    flush(context)
    // The other side is heard until it ends, lest the answer be lost with what is still coming.
    context.close(mode: .output, promise: nil)
  }

  private func flush(_ context: ChannelHandlerContext) {
    guard out.readableBytes > 0 else { return }
    context.writeAndFlush(wrapOutboundOut(out), promise: nil)
    out = context.channel.allocator.buffer(capacity: 1024)
  }
}
