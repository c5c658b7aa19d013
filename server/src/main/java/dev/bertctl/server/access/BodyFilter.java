// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.access;

import dev.bertctl.server.ServerSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Lets a request's body come whole before a thread is taken for it. A client that sends slowly, or
 * stops in the middle, then holds a connection and what it has sent, and none of the threads that
 * everybody needs.
 */
@Singleton
final class BodyFilter {

  private final Provider<ServerSettings> settings;

  /**
   * @param settings are not there yet: filters are made before the command line is read
   */
  BodyFilter(Provider<ServerSettings> settings) {
    this.settings = settings;
  }

  /** Called in the request's event loop, because it is not known yet who will answer. */
  @ServerRequestFilter(preMatching = true)
  Uni<Void> await(RoutingContext request) {
    if (request.request().isEnded()) {
      return Uni.createFrom().voidItem();
    }
    return Uni.createFrom()
        .emitter(arrived -> new ArrivingBody(request, settings.get(), arrived).await());
  }
}
