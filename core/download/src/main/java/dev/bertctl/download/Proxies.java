// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.download;

import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxies that environment variables name, as curl reads them: {@code http_proxy} and {@code
 * https_proxy} by the scheme of what is fetched, else {@code all_proxy}; {@code no_proxy} lists
 * hosts that are reached without. Each may be in capitals; the small ones go first.
 */
public final class Proxies {

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /** Java's client would tell a password to no proxy that leads to https. */
  private static final String REFUSED_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

  private final Map<String, String> environment;
  private final UnproxiedHosts unproxied;

  private Proxies(Map<String, String> environment) {
    this.environment = environment;
    this.unproxied = UnproxiedHosts.parse(variable("no_proxy").map(environment::get).orElse(""));
  }

  /** The proxies that these environment variables name. */
  public static Proxies of(Map<String, String> environment) {
    return new Proxies(environment);
  }

  /**
   * The proxy to an address.
   *
   * @throws UserException if a variable names one that cannot be used
   */
  Optional<ProxyAddress> to(URI uri) {
    int port = uri.getPort() >= 0 ? uri.getPort() : isHttps(uri) ? HTTPS : HTTP;
    return uri.getHost() == null || unproxied.include(uri.getHost(), port)
        ? Optional.empty()
        : variable(isHttps(uri) ? "https_proxy" : "http_proxy")
            .or(() -> variable("all_proxy"))
            .map(name -> ProxyAddress.parse(name, environment.get(name)));
  }

  /**
   * How an address is reached, to be appended to a message about a failure: nothing, or through
   * which proxy.
   */
  public String way(URI uri) {
    return to(uri).map(proxy -> " through the proxy " + proxy).orElse("");
  }

  /**
   * A client that goes through the proxies; where there is none, through those of Java's system
   * properties.
   */
  public HttpClient.Builder client() {
    if (System.getProperty(REFUSED_SCHEMES) == null) {
      System.setProperty(REFUSED_SCHEMES, "");
    }
    return HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).proxy(new Selector());
  }

  /**
   * A request that tells the proxy who asks. The client passes that on to no one but a proxy. (With
   * an authenticator instead, it would take servers that refuse access for broken ones.)
   */
  public HttpRequest.Builder request(URI uri) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60)).header("User-Agent", "bertctl");
    to(uri)
        .flatMap(ProxyAddress::credentials)
        .ifPresent(credentials -> request.header("Proxy-Authorization", credentials.basic()));
    return request;
  }

  private static boolean isHttps(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  /** The variable that is set: the name itself, or in capitals. */
  private Optional<String> variable(String name) {
    return Stream.of(name, name.toUpperCase(Locale.ROOT))
        .filter(spelling -> !environment.getOrDefault(spelling, "").isBlank())
        .findFirst();
  }

  private final class Selector extends ProxySelector {

    @Override
    public List<Proxy> select(URI uri) {
      return to(uri)
          .map(proxy -> List.of(new Proxy(Proxy.Type.HTTP, proxy.socket())))
          .orElseGet(() -> ProxySelector.getDefault().select(uri));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
      // The request fails for the same reason.
    }
  }
}
