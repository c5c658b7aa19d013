// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.access;

import dev.bertctl.server.ServerSettings;
import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemType;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.time.Duration;

/**
 * The body of a request while it comes. Used by the request's event loop alone. Where it is more
 * bytes than a body may have, one too many is kept, by which whoever reads it sees that, and says
 * so in the words of its protocol.
 */
final class ArrivingBody {

  private static final String CONTINUE = "100-continue";

  private final RoutingContext request;
  private final long most;
  private final Duration longest;
  private final UniEmitter<? super Void> arrived;
  private final Buffer body = Buffer.buffer();
  private long timer;
  private boolean ended;

  /**
   * @param arrived is told when the body is there, or why it does not come
   */
  ArrivingBody(RoutingContext request, ServerSettings settings, UniEmitter<? super Void> arrived) {
    this.request = request;
    this.most = settings.maxRequestBytes();
    this.longest = settings.timeout();
    this.arrived = arrived;
  }

  /** Begins to read. */
  void await() {
    HttpServerRequest incoming = request.request();
    timer = request.vertx().setTimer(longest.toMillis(), id -> late());
    incoming.exceptionHandler(this::gone);
    incoming.handler(this::add);
    incoming.endHandler(nothing -> whole());
    if (CONTINUE.equalsIgnoreCase(incoming.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    incoming.resume();
  }

  private void add(Buffer part) {
    if (!ended) {
      body.appendBuffer(part, 0, (int) Math.min(part.length(), most + 1 - body.length()));
      if (body.length() > most) {
        whole();
      }
    }
  }

  private void whole() {
    if (end()) {
      ((RoutingContextInternal) request).setBody(body);
      arrived.complete(null);
    }
  }

  private void gone(Throwable failure) {
    if (end()) {
      arrived.fail(
          new ProblemException(
              ProblemType.MALFORMED,
              "the body ends before its end: " + failure.getMessage(),
              failure));
    }
  }

  /** The rest is not waited for. */
  private void late() {
    if (!end()) {
      return;
    }
    // In HTTP/2 the rest of the stream is dropped, and others' streams go on.
    if (request.request().version() != HttpVersion.HTTP_2) {
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      request.addEndHandler(answered -> request.request().connection().close());
    }
    arrived.fail(
        new ProblemException(
            ProblemType.DEADLINE_EXCEEDED,
            "the request's body did not come whole within %s s".formatted(longest.toSeconds())));
  }

  /** Whether this is the first of what ends it. */
  private boolean end() {
    boolean first = !ended;
    ended = true;
    request.vertx().cancelTimer(timer);
    return first;
  }
}
