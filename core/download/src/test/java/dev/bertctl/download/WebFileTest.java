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
    redirect("/astray.jar", "http://ho st/%zz");
    redirect("/files.jar", "file:///etc/passwd");
    server.start();
  }

  private void redirect(String path, String location) {
    server.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Location", location);
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
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
        file("a.jar").address() + ": larger than 2 bytes; this is not the file you want",
        failure("a.jar", 2));
  }

  @Test
  void whatIsCutOffIsAnError() {
    // What is in brackets is the JDK's.
    assertEquals(
        file("cut.jar").address() + ": cannot be fetched (...); check the network and try again",
        failure("cut.jar", 100).replaceFirst("\\(.+\\)", "(...)"));
  }

  @Test
  void whatIsNotThereIsAnError() {
    assertEquals(
        file("gone.jar").address() + ": the server answered 404; check the address",
        failure("gone.jar", 100));
  }

  @Test
  void redirectsToWhatIsNoAddressAreAnError() {
    assertEquals(
        file("astray.jar").address()
            + ": the server redirects to what is no address; check the address",
        failure("astray.jar", 100));
    assertEquals(
        file("files.jar").address() + ": the server answered 302; check the address",
        failure("files.jar", 100));
  }

  /** Whatever goes wrong with it, or of what kind it is. */
  @Test
  void secretsOfAnAddressAreNeverShown() {
    String there = "localhost:" + server.getAddress().getPort();
    List<String> messages = new ArrayList<>();
    for (String address :
        List.of(
            "http://me:hush@" + there + "/gone.jar?key=hush#hush",
            "http://me:hush@" + there + "/cut.jar?hush",
            "http://me:hush@localhost:1/a.jar?hush")) {
      WebFile file = WebFile.parse(address);
      messages.add(file.address().toString());
      messages.add(failure(file, 100));
    }
    for (String address :
        List.of(
            "ftp://me:hush@host/a.jar?hush",
            "http://me:hu sh@host/a.jar?hush",
            "http://me:hush\n@host/a.jar?hush",
            "http://me:hush/@host/a.jar?hush",
            "http://me:hush#hush@host/a.jar",
            "http://me:hush?hush@host/a.jar?hush",
            "https:me:hush@host/a.jar",
            "http://me:hush@/a.jar",
            "http://me:hush@host:65536/a.jar?hush",
            "http://me:hush@host/?hush")) {
      messages.add(assertThrows(UserException.class, () -> WebFile.parse(address)).getMessage());
    }
    assertEquals(
        List.of(), messages.stream().filter(message -> message.matches("(?s).*hu ?sh.*")).toList());
    assertEquals(
        "http://%s/gone.jar: the server answered 404; check the address".formatted(there),
        messages.get(1));
    assertEquals("ftp://host/a.jar: it is no http or https address", messages.get(6));
  }

  @Test
  void secretsInOthersWordsAreTakenOut() {
    assertEquals(
        "Could not transfer x from/to nexus (https://nexus.example/repo): 401 at 'http://h/p'",
        WebAddress.withoutSecrets(
            "Could not transfer x from/to nexus (https://me:hush@nexus.example/repo?token=hush): 401"
                + " at 'http://h/p#hush'"));
    assertEquals(
        "no answer of https://... nor of http://h/p.",
        WebAddress.withoutSecrets(
            "no answer of https://me:hu#sh@nexus.example/repo nor of http://h/p."));
    // As Path has them.
    assertEquals(
        "http:/host/a.jar is no file, nor is https://...",
        WebAddress.withoutSecrets(
            "http:/me:hush@host/a.jar?key=hush is no file, nor is https:/me:hu#sh@host/b.jar"));
  }

  private String failure(String name, long most) {
    return failure(file(name), most);
  }

  private String failure(WebFile file, long most) {
    return assertThrows(
            UserException.class,
            () -> file.fetch(folder.resolve("target"), most, NO_PROXIES, DownloadListener.NONE))
        .getMessage();
  }

  private WebFile file(String name) {
    return WebFile.parse("http://localhost:" + server.getAddress().getPort() + "/" + name);
  }
}
