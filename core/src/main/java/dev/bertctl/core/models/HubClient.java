// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import dev.bertctl.download.ImpatientStream;
import dev.bertctl.download.Proxies;
import dev.bertctl.download.WebAddress;
import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Requests to a Hugging Face hub. Redirects are followed here rather than by the HTTP client: the
 * first answer's headers describe the file, and the token must not reach other hosts.
 */
final class HubClient {

  private static final int MOST_REDIRECTS = 5;

  /** This machine itself. */
  private static final Pattern LOCAL =
      Pattern.compile("(?i)localhost|127(\\.[0-9]+){3}|\\[(::1|0:0:0:0:0:0:0:1)\\]");

  private final WebAddress endpoint;
  private final Optional<String> token;
  private final Duration patience;
  private final Proxies proxies;
  private final HttpClient http;

  /**
   * @param endpoint the hub's address
   * @param token the user's, if there is one
   * @param patience how long to wait for a server that sends nothing
   * @param proxies those of the environment
   */
  HubClient(WebAddress endpoint, Optional<String> token, Duration patience, Proxies proxies) {
    this.endpoint = endpoint;
    this.token = token;
    this.patience = patience;
    this.proxies = proxies;
    this.http = proxies.client().followRedirects(HttpClient.Redirect.NEVER).build();
  }

  /** How long to wait for a server that sends nothing. */
  Duration patience() {
    return patience;
  }

  /**
   * The hub that {@code HF_ENDPOINT} names, else huggingface.co; the token of {@code HF_TOKEN}.
   *
   * @throws UserException if one of them cannot be used; the message has nothing of the token
   */
  static HubClient of(Map<String, String> environment) {
    String endpoint = environment.getOrDefault("HF_ENDPOINT", "https://huggingface.co");
    Proxies proxies = Proxies.of(environment);
    try {
      WebAddress address = WebAddress.parse(endpoint.replaceFirst("/+$", ""));
      return new HubClient(
          address, token(environment, address, proxies), ImpatientStream.PATIENCE, proxies);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "HF_ENDPOINT is '"
              + WebAddress.shown(endpoint)
              + "': "
              + e.getMessage()
              + "; unset it or correct it",
          e);
    }
  }

  private static Optional<String> token(
      Map<String, String> environment, WebAddress hub, Proxies proxies) {
    String token = environment.getOrDefault("HF_TOKEN", "");
    if (token.isBlank()) {
      return Optional.empty();
    }
    if (!token.matches("[!-~]+")) {
      throw new UserException(
          "HF_TOKEN has a line end, a blank or another character that no token has; set it without (what it is is not shown)");
    }
    boolean stays =
        LOCAL.matcher(hub.uri().getHost()).matches() && proxies.way(hub.uri()).isEmpty();
    if (hub.isPlain() && !stays) {
      throw new UserException(
          "HF_ENDPOINT is %s, and HF_TOKEN would go there for everyone on the way to read; give an https address, or unset HF_TOKEN"
              .formatted(hub));
    }
    return Optional.of(token);
  }

  /** Where a file of a revision is. */
  WebAddress file(HubName model, String revision, String file) {
    return WebAddress.parse(
        endpoint.uri()
            + "/"
            + model.repository()
            + "/resolve/"
            + revision.replace("/", "%2F")
            + "/"
            + file);
  }

  /** Asks about a file; redirects within the hub (renamed models) are followed. */
  HttpResponse<Void> head(WebAddress file) throws IOException {
    WebAddress at = file;
    for (int i = 0; i < MOST_REDIRECTS; i++) {
      HttpResponse<Void> response =
          send(
              request(at).method("HEAD", HttpRequest.BodyPublishers.noBody()),
              BodyHandlers.discarding());
      Optional<WebAddress> next = redirect(response);
      if (next.isEmpty() || !isHub(next.get())) {
        return response;
      }
      at = next.get();
    }
    throw new IOException("more than " + MOST_REDIRECTS + " redirects from " + file);
  }

  /** Gets a file from a byte on; the answer may nevertheless be the whole file. */
  HttpResponse<InputStream> get(WebAddress file, long from) throws IOException {
    WebAddress at = file;
    for (int i = 0; i < MOST_REDIRECTS; i++) {
      HttpRequest.Builder request = request(at);
      if (from > 0) {
        request.header("Range", "bytes=" + from + "-");
      }
      HttpResponse<InputStream> response = send(request.GET(), BodyHandlers.ofInputStream());
      Optional<WebAddress> next = redirect(response);
      if (next.isEmpty()) {
        return response;
      }
      response.body().close();
      at = next.get();
    }
    throw new IOException("more than " + MOST_REDIRECTS + " redirects from " + file);
  }

  private HttpRequest.Builder request(WebAddress at) {
    // Compressed answers would not have the announced size.
    HttpRequest.Builder request = proxies.request(at.uri()).header("Accept-Encoding", "identity");
    if (isHub(at)) {
      token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    }
    return request;
  }

  private boolean isHub(WebAddress address) {
    return address.server().equals(endpoint.server());
  }

  private static Optional<WebAddress> redirect(HttpResponse<?> response) throws IOException {
    if (response.statusCode() / 100 != 3) {
      return Optional.empty();
    }
    WebAddress from = WebAddress.of(response.uri());
    String location =
        response
            .headers()
            .firstValue("Location")
            .orElseThrow(() -> new IOException("a redirect without Location: " + from));
    WebAddress next = next(from, location);
    if (!from.isPlain() && next.isPlain()) {
      throw new IOException("a redirect from https to " + next);
    }
    return Optional.of(next);
  }

  private static WebAddress next(WebAddress from, String location) throws IOException {
    try {
      return WebAddress.of(from.uri().resolve(new URI(location)));
    } catch (IllegalArgumentException | URISyntaxException e) {
      throw new IOException(
          "a redirect from %s to '%s', which is no http or https address"
              .formatted(from, WebAddress.shown(location)),
          e);
    }
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler)
      throws IOException {
    try {
      return http.send(request.build(), handler);
    } catch (ConnectException e) {
      WebAddress at = WebAddress.of(request.build().uri());
      throw new ConnectException("cannot connect to " + at.server() + proxies.way(at.uri()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
