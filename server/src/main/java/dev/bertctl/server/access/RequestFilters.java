// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.access;

import dev.bertctl.server.ServerSettings;
import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemResponse;
import dev.bertctl.server.problem.ProblemType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** What is asked of every request before anything else: a key, and a body that is not too large. */
@Singleton
final class RequestFilters {

  /** Before Quarkus' own filters. */
  private static final int FIRST = 1000;

  /**
   * What needs no key: probes have none, and the page in the browser asks for one itself. What is
   * below them is open, too; the page's own path is to be looked at only: what is sent there is a
   * request for predictions.
   */
  private static final List<String> OPEN = List.of("/health", "/v2/health", "/ping", "/page");

  private final ServerSettings settings;
  private final ApiKeys keys;

  RequestFilters(ServerSettings settings) {
    this.settings = settings;
    this.keys =
        ApiKeys.of(Optional.ofNullable(System.getenv(ApiKeys.VARIABLE)), settings.apiKeyFile());
  }

  void register(@Observes Filters filters) {
    filters.register(this::requireKey, FIRST + 1);
    filters.register(this::requireSize, FIRST);
  }

  private void requireKey(RoutingContext request) {
    if (isOpen(request.request().method(), request.normalizedPath())
        || keys.letIn(request.request().getHeader(HttpHeaders.AUTHORIZATION))) {
      request.next();
    } else {
      ProblemResponse.write(
          request,
          new ProblemException(
              ProblemType.UNAUTHORIZED,
              "the request needs a key of this server: Authorization: Bearer KEY"));
    }
  }

  private static boolean isOpen(HttpMethod method, String path) {
    boolean looks = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    return looks && path.equals("/")
        || OPEN.stream().anyMatch(open -> path.equals(open) || path.startsWith(open + "/"));
  }

  /** A body whose length is not told beforehand is counted while it is read. */
  private void requireSize(RoutingContext request) {
    String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null || Long.parseLong(length) <= settings.maxRequestBytes()) {
      request.next();
    } else {
      ProblemResponse.write(request, ProblemException.tooManyBytes(settings.maxRequestBytes()));
    }
  }
}
