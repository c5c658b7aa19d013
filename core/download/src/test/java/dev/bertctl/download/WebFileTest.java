// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebFileTest {

  private static final byte[] CONTENT = {1, 2, 3};
  private static final Proxies NO_PROXIES = Proxies.of(Map.of());

  @TempDir Path folder;
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/a.jar",
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT);
          exchange.close();
        });
    server.createContext(
        "/moved.jar",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/a.jar");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.createContext(
        "/cut.jar",
        exchange -> {
          exchange.sendResponseHeaders(200, 10);
          exchange.getResponseBody().write(CONTENT);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void redirectsAreFollowedAndProgressIsTold() throws IOException {
    List<String> progress = new ArrayList<>();
    Path target = folder.resolve("target");

    file("moved.jar")
        .fetch(
            target,
            3,
            NO_PROXIES,
            (what, bytes, total) -> progress.add(what + " " + bytes + total));

    assertArrayEquals(CONTENT, Files.readAllBytes(target));
    assertEquals(List.of("moved.jar 3" + OptionalLong.of(3)), progress);
  }

  @Test
  void whatIsTooLargeIsNotFetched() {
    assertEquals(
        file("a.jar").uri() + ": larger than 2 bytes; this is not the file you want",
        failure("a.jar", 2));
  }

  @Test
  void whatIsCutOffIsAnError() {
    // What is in brackets is the JDK's.
    assertEquals(
        file("cut.jar").uri() + ": cannot be fetched (...); check the network and try again",
        failure("cut.jar", 100).replaceFirst("\\(.+\\)", "(...)"));
  }

  @Test
  void whatIsNotThereIsAnError() {
    assertEquals(
        file("gone.jar").uri() + ": the server answered 404; check the address",
        failure("gone.jar", 100));
  }

  private String failure(String name, long most) {
    return assertThrows(
            UserException.class,
            () ->
                file(name).fetch(folder.resolve("target"), most, NO_PROXIES, DownloadListener.NONE))
        .getMessage();
  }

  private WebFile file(String name) {
    return WebFile.parse("http://localhost:" + server.getAddress().getPort() + "/" + name);
  }
}
