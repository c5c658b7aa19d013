// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import dev.bertctl.download.DownloadListener;
import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a hub answers, and whatever the environment says of it, ends in an error that says it.
 */
class HostileHubTest {

  private static final String AGAIN =
      "; check the network and HF_ENDPOINT, then try again: it goes on where it stopped";

  @TempDir private Path folder;
  private final Map<String, String> headers = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private HttpServer server;
  private int status = 200;

  @BeforeEach
  void startHub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          headers.forEach(exchange.getResponseHeaders()::set);
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    environment.put("HF_ENDPOINT", endpoint());
  }

  @AfterEach
  void stopHub() {
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "file:///etc/passwd,file:///etc/passwd",
        "http://ho st/x,http://ho st/x",
        "http://me:hush@/x?hush,http:///x",
        "%zz,%zz",
        "http:,http:",
        "mailto:a,mailto:a",
        "http://me:hush@host:65536/x?hush,http://host:65536/x",
      })
  void redirectsToWhatIsNoAddressAreErrors(String location, String shown) {
    status = 302;
    headers.put("Location", location);
    assertEquals(
        "model hf:tiny/bert@main: a redirect from %s/tiny/bert/resolve/main/config.json to '%s', which is no http or https address"
                .formatted(endpoint(), shown)
            + AGAIN,
        failure());
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../other", "a b", "-x", "a//b", "\u00e9", "?x", "a#b", "%"})
  void oddCommitsAreErrors(String commit) {
    headers.put("X-Repo-Commit", commit);
    assertEquals(
        "model hf:tiny/bert@main: the hub calls its commit '%s', which is no name of one; check HF_ENDPOINT"
            .formatted(commit),
        failure());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1e3", "99999999999999999999", "many", "1.5"})
  void oddSizesAreErrors(String size) {
    headers.put("X-Linked-Size", size);
    assertEquals(
        "model hf:tiny/bert@main: %s/tiny/bert/resolve/main/config.json: the answer does not tell the size"
                .formatted(endpoint())
            + AGAIN,
        failure());
  }

  @Test
  void secretsOfTheEndpointAreNeverShown() {
    environment.put("HF_ENDPOINT", endpoint().replace("http://", "http://me:hush@"));
    status = 404;
    assertEquals(
        "model hf:tiny/bert@main: %s/tiny/bert/resolve/main/config.json does not exist; check organisation, name and revision"
            .formatted(endpoint()),
        failure());
    for (String wrong :
        new String[] {
          "http://me:hush@", "ftp://me:hush@h", "http://me:hu sh@h/", "http://me:hush@h:65536"
        }) {
      environment.put("HF_ENDPOINT", wrong);
      assertFalse(failure().matches("(?s).*hu ?sh.*"), failure());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hush\n", "hu\rsh", "hush\u0000", "hu sh", "h\u00fcsh"})
  void aTokenThatNoHeaderCanHaveIsRefusedAndNotShown(String token) {
    environment.put("HF_TOKEN", token);
    assertEquals(
        "HF_TOKEN has a line end, a blank or another character that no token has; set it without (what it is is not shown)",
        failure());
  }

  @Test
  void aTokenIsNotSentForEveryoneToRead() {
    environment.put("HF_TOKEN", "hush");
    environment.put("HF_ENDPOINT", "http://hub.example/");
    assertEquals(
        "HF_ENDPOINT is http://hub.example, and HF_TOKEN would go there for everyone on the way to read; give an https address, or unset HF_TOKEN",
        failure());
    environment.put("HF_ENDPOINT", "http://localhost:1");
    environment.put("http_proxy", "http://proxy.example:1");
    assertEquals(
        "HF_ENDPOINT is http://localhost:1, and HF_TOKEN would go there for everyone on the way to read; give an https address, or unset HF_TOKEN",
        failure());
  }

  private String endpoint() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private String failure() {
    ModelStore store =
        new ModelStore(
            new ModelCache(folder), false, environment, Optional.empty(), DownloadListener.NONE);
    return assertThrows(UserException.class, () -> store.open("hf:tiny/bert", folder)).getMessage();
  }
}
