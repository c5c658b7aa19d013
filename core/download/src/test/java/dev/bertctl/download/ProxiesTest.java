// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.download.ProxyAddress.Credentials;
import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {

  private static final URI HTTPS = URI.create("https://example.com/a.jar");
  private static final URI HTTP = URI.create("http://example.com/a.jar");

  @TempDir Path folder;

  @Test
  void theSchemeChoosesTheVariableAndSmallLettersGoFirst() {
    Map<String, String> environment =
        Map.of("http_proxy", "plain:1", "HTTPS_PROXY", "secure:2", "all_proxy", "all:3");
    assertEquals("plain:1", to(HTTP, environment));
    assertEquals("secure:2", to(HTTPS, environment));
    assertEquals("small:1", to(HTTPS, Map.of("https_proxy", "small:1", "HTTPS_PROXY", "big:2")));
    assertEquals("big:2", to(HTTPS, Map.of("https_proxy", "", "HTTPS_PROXY", "big:2")));
    assertEquals("all:3", to(HTTPS, Map.of("ALL_PROXY", "all:3", "http_proxy", "plain:1")));
    assertEquals("none", to(HTTPS, Map.of("http_proxy", "plain:1")));
    assertEquals("none", to(HTTPS, Map.of()));
  }

  @Test
  void hostsMayBeReachedWithoutAProxy() {
    Map<String, String> environment =
        Map.of("all_proxy", "proxy:1", "NO_PROXY", "example.com:443 10.0.0.0/8");
    assertEquals("none", to(HTTPS, environment));
    assertEquals("proxy:1", to(HTTP, environment), "port 80");
    assertEquals("none", to(URI.create("http://10.2.3.4:8081/a.jar"), environment));
  }

  @ParameterizedTest
  @CsvSource({
    "proxy.example, proxy.example:1080, , ",
    "http://proxy.example:3128/, proxy.example:3128, , ",
    "HTTP://me@proxy.example:3128, proxy.example:3128, me, ''",
    "me:secret@proxy.example:3128, proxy.example:3128, me, secret",
    "http://m%40e:s%3a+%2F@proxy.example:3128, proxy.example:3128, m@e, s:+/",
    "http://[::1]:3128, ::1:3128, , ",
  })
  void addressesMayHaveSchemePortAndCredentials(
      String value, String address, String user, String password) {
    ProxyAddress proxy = ProxyAddress.parse("https_proxy", value);
    assertEquals(address, proxy.toString());
    assertEquals(
        Optional.ofNullable(user).map(name -> new Credentials(name, password)),
        proxy.credentials());
  }

  @ParameterizedTest
  @CsvSource({
    "socks5://me:secret@proxy:1080, it names a proxy of the kind socks5",
    "https://me:secret@proxy:443, it names a proxy of the kind https",
    "http://me:secret%@proxy:80, it is no address of a host",
    "http://me:secret@, it is no address of a host",
    "http://me:sec_ret@pro_xy:80x, it is no address of a host",
    "http://me:secret@proxy:65536, its port is more than 65535",
  })
  void whatIsNoHttpProxyIsRefusedWithoutTellingThePassword(String value, String why) {
    Proxies proxies = Proxies.of(Map.of("HTTPS_PROXY", value));
    UserException failure = assertThrows(UserException.class, () -> proxies.to(HTTPS));
    assertEquals(
        "the environment variable HTTPS_PROXY cannot be used: %s; write http://host:port or http://user:password@host:port (special characters as %%40 and so on), or name hosts that are reached without a proxy in no_proxy"
            .formatted(why),
        failure.getMessage());
    assertEquals(Optional.empty(), proxies.to(HTTP));
  }

  @Test
  void aFileIsFetchedThroughTheProxyThatIsToldWhoAsks() throws IOException {
    try (TestProxy proxy = new TestProxy("me", "s:crét")) {
      Path target = folder.resolve("a.jar");

      WebFile.parse("http://files.invalid/a.jar")
          .fetch(target, 100, proxies("http_proxy", proxy, "me:s%3Acr%C3%A9t@"), listener());

      assertArrayEquals(TestProxy.CONTENT, Files.readAllBytes(target));
      assertEquals(List.of("GET http://files.invalid/a.jar allowed"), proxy.requests());
    }
  }

  /** The proxy has no way to the host, which it says when it is told who asks. */
  @Test
  void anHttpsAddressIsReachedByATunnelThroughTheProxy() throws IOException {
    try (TestProxy proxy = new TestProxy("me", "secret")) {
      Proxies proxies = proxies("https_proxy", proxy, "me:secret@");

      String failure = failure("https://files.invalid/a.jar", proxies);

      assertEquals(
          "https://files.invalid/a.jar: cannot be fetched through the proxy %s (Tunnel failed, got: 502); check the network and try again"
              .formatted(proxy.address()),
          failure);
      assertEquals(List.of("CONNECT files.invalid:443 allowed"), proxy.requests());
    }
  }

  @Test
  void missingAndWrongCredentialsAreErrors() throws IOException {
    try (TestProxy proxy = new TestProxy("me", "secret")) {
      assertEquals(
          "http://files.invalid/a.jar: the server answered 407 through the proxy %s; check the address"
              .formatted(proxy.address()),
          failure("http://files.invalid/a.jar", proxies("http_proxy", proxy, "")));
      String wrong = failure("http://files.invalid/a.jar", proxies("http_proxy", proxy, "me:x@"));
      assertFalse(wrong.contains("me:x"), wrong);
    }
  }

  @Test
  void aProxyThatIsNotThereIsNamed() throws IOException {
    String address;
    try (TestProxy proxy = new TestProxy("me", "secret")) {
      address = proxy.address();
    }
    assertEquals(
        "http://files.invalid/a.jar: cannot connect to files.invalid through the proxy %s; check the address and the network"
            .formatted(address),
        failure("http://files.invalid/a.jar", Proxies.of(Map.of("http_proxy", address))));
  }

  private String failure(String address, Proxies proxies) {
    WebFile file = WebFile.parse(address);
    return assertThrows(
            UserException.class,
            () -> file.fetch(folder.resolve("target"), 100, proxies, listener()))
        .getMessage();
  }

  private static Proxies proxies(String variable, TestProxy proxy, String credentials) {
    return Proxies.of(Map.of(variable, "http://" + credentials + proxy.address()));
  }

  private static DownloadListener listener() {
    return DownloadListener.NONE;
  }

  private static String to(URI uri, Map<String, String> environment) {
    return Proxies.of(environment).to(uri).map(ProxyAddress::toString).orElse("none");
  }
}
