// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.connection;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Tells a connection's {@link HeaderTimeout} of each request, whose header is whole by then. */
@Singleton
final class RequestHeaders {

  /** Before the filters that may refuse a request. */
  private static final int FIRST = 2000;

  void register(@Observes Filters filters) {
    filters.register(RequestHeaders::came, FIRST);
  }

  private static void came(RoutingContext request) {
    ConnectionBase connection = (ConnectionBase) request.request().connection();
    HeaderTimeout timeout = connection.channel().pipeline().get(HeaderTimeout.class);
    if (timeout == null) {
      // Vert.x clears the pipeline where a connection is upgraded from HTTP/1.1 to HTTP/2.
      requireHttp2(request);
    } else if (request.request().version() == HttpVersion.HTTP_2) {
      timeout.run(timeout::end);
    } else {
      timeout.run(timeout::requestBegan);
      request.addEndHandler(done -> timeout.run(timeout::requestEnded));
    }
    request.next();
  }

  private static void requireHttp2(RoutingContext request) {
    if (request.request().version() != HttpVersion.HTTP_2) {
      throw new IllegalStateException("a connection of HTTP/1 without a HeaderTimeout");
    }
  }
}
