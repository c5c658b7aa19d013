// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import dev.bertctl.download.ImpatientStream;
import dev.bertctl.download.Proxies;
import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Requests to a Hugging Face hub. Redirects are followed here rather than by the HTTP client: the
 * first answer's headers describe the file, and the token must not reach other hosts.
 */
final class HubClient {

  private static final int MOST_REDIRECTS = 5;

  private final URI endpoint;
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
  HubClient(URI endpoint, Optional<String> token, Duration patience, Proxies proxies) {
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

  /** The hub that {@code HF_ENDPOINT} names, else huggingface.co; the token of {@code HF_TOKEN}. */
  static HubClient of(Map<String, String> environment) {
    String endpoint = environment.getOrDefault("HF_ENDPOINT", "https://huggingface.co");
    try {
      URI uri = URI.create(endpoint.replaceFirst("/+$", ""));
      if (uri.getHost() == null || !uri.getScheme().matches("https?")) {
        throw new IllegalArgumentException("it is no http or https address");
      }
      return new HubClient(
          uri,
          Optional.ofNullable(environment.get("HF_TOKEN")).filter(t -> !t.isBlank()),
          ImpatientStream.PATIENCE,
          Proxies.of(environment));
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "HF_ENDPOINT is '" + endpoint + "': " + e.getMessage() + "; unset it or correct it", e);
    }
  }

  /** Where a file of a revision is. */
  URI file(HubName model, String revision, String file) {
    return URI.create(
        endpoint
            + "/"
            + model.repository()
            + "/resolve/"
            + revision.replace("/", "%2F")
            + "/"
            + file);
  }

  /** Asks about a file; redirects within the hub (renamed models) are followed. */
  HttpResponse<Void> head(URI file) throws IOException {
    URI uri = file;
    for (int i = 0; i < MOST_REDIRECTS; i++) {
      HttpResponse<Void> response =
          send(
              request(uri).method("HEAD", HttpRequest.BodyPublishers.noBody()),
              BodyHandlers.discarding());
      Optional<URI> next = redirect(response);
      if (next.isEmpty() || !isHub(next.get())) {
        return response;
      }
      uri = next.get();
    }
    throw new IOException("more than " + MOST_REDIRECTS + " redirects from " + file);
  }

  /** Gets a file from a byte on; the answer may nevertheless be the whole file. */
  HttpResponse<InputStream> get(URI file, long from) throws IOException {
    URI uri = file;
    for (int i = 0; i < MOST_REDIRECTS; i++) {
      HttpRequest.Builder request = request(uri);
      if (from > 0) {
        request.header("Range", "bytes=" + from + "-");
      }
      HttpResponse<InputStream> response = send(request.GET(), BodyHandlers.ofInputStream());
      Optional<URI> next = redirect(response);
      if (next.isEmpty()) {
        return response;
      }
      response.body().close();
      uri = next.get();
    }
    throw new IOException("more than " + MOST_REDIRECTS + " redirects from " + file);
  }

  private HttpRequest.Builder request(URI uri) {
    // Compressed answers would not have the announced size.
    HttpRequest.Builder request = proxies.request(uri).header("Accept-Encoding", "identity");
    if (isHub(uri)) {
      token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    }
    return request;
  }

  private boolean isHub(URI uri) {
    return uri.getScheme().equals(endpoint.getScheme())
        && uri.getAuthority().equals(endpoint.getAuthority());
  }

  private static Optional<URI> redirect(HttpResponse<?> response) throws IOException {
    if (response.statusCode() / 100 != 3) {
      return Optional.empty();
    }
    String location =
        response
            .headers()
            .firstValue("Location")
            .orElseThrow(() -> new IOException("a redirect without Location: " + response.uri()));
    URI next = response.uri().resolve(location);
    if (response.uri().getScheme().equals("https") && !"https".equals(next.getScheme())) {
      throw new IOException("a redirect from https to " + next);
    }
    return Optional.of(next);
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler)
      throws IOException {
    try {
      return http.send(request.build(), handler);
    } catch (ConnectException e) {
      URI uri = request.build().uri();
      throw new ConnectException(
          "cannot connect to " + uri.getScheme() + "://" + uri.getAuthority() + proxies.way(uri));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
