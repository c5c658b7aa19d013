// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.bertctl.download.AllowNetwork;
import dev.bertctl.download.AllowNetwork.What;
import dev.bertctl.download.DownloadListener;
import dev.bertctl.download.Proxies;
import dev.bertctl.runtime.MavenCoordinates;
import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A settings.xml that mirrors everything to a server of this test. */
class MavenSourceTest {

  private static final MavenCoordinates COORDINATES =
      MavenCoordinates.parse("org.example:tiny-bert:1.0");
  private static final String JAR = "/org/example/tiny-bert/1.0/tiny-bert-1.0.jar";
  private static final byte[] CONTENT = {1, 2, 3};

  @TempDir private Path folder;
  private HttpServer server;
  private Path settings;
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
  private String sha1 = "7037807198c22a7d2b0807371d763779a84fdfcf";

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          String authorization = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
          if (exchange.getRequestURI().isAbsolute() && authorization == null) {
            exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"proxy\"");
            exchange.sendResponseHeaders(407, -1);
            exchange.close();
            return;
          }
          requests.add(path);
          if (authorization != null) {
            authorizations.add(authorization);
          }
          byte[] body = path.endsWith(".sha1") ? sha1.getBytes() : CONTENT;
          boolean known = path.startsWith(JAR) && (path.equals(JAR) || path.endsWith(".sha1"));
          exchange.sendResponseHeaders(known ? 200 : 404, known ? body.length : -1);
          if (known) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
    settings = folder.resolve("settings.xml");
    mirror(address());
  }

  private void mirror(String url) throws IOException {
    Files.writeString(
        settings,
        """
        <settings>
          <localRepository>%s</localRepository>
          <mirrors>
            <mirror><id>test</id><mirrorOf>*</mirrorOf><url>%s</url></mirror>
          </mirrors>
        </settings>
        """
            .formatted(folder.resolve("repository"), url));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String address() {
    return "http://" + host() + "/";
  }

  private String host() {
    return "localhost:" + server.getAddress().getPort();
  }

  /** The server plays the proxy: the repository's host is none. */
  @Test
  void fetchesThroughTheProxyThatTheEnvironmentNames() throws IOException {
    mirror("http://repository.invalid/");
    Path jar = through(Map.of("http_proxy", "me:secret@" + host())).resolve(COORDINATES);
    assertArrayEquals(CONTENT, Files.readAllBytes(jar));
    assertEquals(List.of(JAR, JAR + ".sha1"), requests);
    assertEquals(
        Set.of("Basic " + Base64.getEncoder().encodeToString("me:secret".getBytes())),
        Set.copyOf(authorizations));
  }

  @Test
  void aHostThatIsToBeReachedWithoutAProxyIsReachedWithoutIt() throws IOException {
    Map<String, String> environment =
        Map.of("http_proxy", "proxy.invalid:80", "no_proxy", "localhost");
    assertArrayEquals(CONTENT, Files.readAllBytes(through(environment).resolve(COORDINATES)));
  }

  private MavenSource through(Map<String, String> environment) {
    return new MavenSource(
        false, Optional.of(settings), Proxies.of(environment), DownloadListener.NONE);
  }

  @Test
  void fetchesThroughTheMirrorOnceAndTellsHowFarItIs() throws IOException {
    List<String> progress = new ArrayList<>();
    DownloadListener listener = (what, bytes, total) -> progress.add(what + " " + bytes + total);
    Path jar =
        new MavenSource(false, Optional.of(settings), Proxies.of(Map.of()), listener)
            .resolve(COORDINATES);
    assertArrayEquals(CONTENT, Files.readAllBytes(jar));
    assertEquals(List.of("tiny-bert-1.0.jar 3" + OptionalLong.of(3)), progress);
    int before = requests.size();
    assertEquals(jar, source(false).resolve(COORDINATES));
    assertEquals(jar, source(true).resolve(COORDINATES));
    assertEquals(before, requests.size());
  }

  @Test
  void aWrongChecksumIsAnError() {
    sha1 = "0000000000000000000000000000000000000000";
    UserException error =
        assertThrows(UserException.class, () -> source(false).resolve(COORDINATES));
    assertEquals(
        "model maven:org.example:tiny-bert:1.0: Could not transfer artifact"
            + " org.example:tiny-bert:jar:1.0 from/to test ("
            + address()
            + "): Checksum validation failed, expected"
            + " '0000000000000000000000000000000000000000' (REMOTE_EXTERNAL) but is actually"
            + " '7037807198c22a7d2b0807371d763779a84fdfcf'; check the coordinates, the network,"
            + " mirrors and proxies in ~/.m2/settings.xml, and https_proxy and no_proxy",
        error.getMessage());
  }

  @Test
  void anUnknownArtifactIsAnError() {
    MavenCoordinates unknown = MavenCoordinates.parse("org.example:other:1.0");
    UserException error = assertThrows(UserException.class, () -> source(false).resolve(unknown));
    assertEquals(
        "model maven:org.example:other:1.0: Could not find artifact org.example:other:jar:1.0 in"
            + " test ("
            + address()
            + "); check the coordinates, the network, mirrors and proxies in ~/.m2/settings.xml, and"
            + " https_proxy and no_proxy",
        error.getMessage());
  }

  @Test
  void offlineOpensNoSocket() {
    UserException error =
        assertThrows(UserException.class, () -> source(true).resolve(COORDINATES));
    assertEquals(
        "model maven:org.example:tiny-bert:1.0: it is neither in the cache nor in the local Maven"
            + " repository, and fetching it is not allowed",
        error.getMessage());
    assertEquals(Optional.of(new AllowNetwork(What.MODEL)), error.remedy());
    assertTrue(requests.isEmpty());
  }

  @Test
  void coordinatesHaveThreePartsAndAFixedVersion() {
    for (String wrong : List.of("a:b", "a:b:1:c", "a:b:LATEST", "a:b:[1,2)", "a/..:b:1")) {
      UserException error = assertThrows(UserException.class, () -> MavenCoordinates.parse(wrong));
      assertEquals(
          "'maven:"
              + wrong
              + "': write maven:group:artifact:version, with a fixed version such as 1.0.0",
          error.getMessage());
    }
  }

  private MavenSource source(boolean offline) {
    return new MavenSource(
        offline, Optional.of(settings), Proxies.of(Map.of()), DownloadListener.NONE);
  }
}
