// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bertctl.runtime.files.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers as huggingface.co does: small files directly with git's name as ETag, safetensors by a
 * redirect to another host with size and SHA-256 in X-Linked headers.
 */
final class TestHub implements AutoCloseable {

  static final String COMMIT = "86b5e0934494bd15c9632b12f734a8a67f723594";

  private final String model;
  private final Path folder;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, String> announced = new HashMap<>();
  private volatile String dropped = "";
  private volatile int dropAfter;
  private volatile boolean stalling;
  private volatile boolean failing;
  private volatile boolean hasDropped;
  private volatile boolean ranged = true;
  private volatile String token = "";
  private volatile boolean tokenLeaked;

  TestHub(String model, Path folder) throws IOException {
    this.model = model;
    this.folder = folder;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String endpoint() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  long size(String name) {
    return file(name).toFile().length();
  }

  /** Method and path of each request. */
  List<String> requests() {
    return requests;
  }

  /** Range headers of all requests. */
  List<String> ranges() {
    return ranges;
  }

  /** Closes the first connection for a file after some bytes. */
  void dropAfter(String name, int bytes) {
    dropped = name;
    dropAfter = bytes;
  }

  /** Sends some bytes of a file, and then nothing for a long time; only the first time. */
  void stallAfter(String name, int bytes) {
    dropAfter(name, bytes);
    stalling = true;
  }

  /** Whether requests after the drop are answered by 503. */
  void failAfterDrop(boolean fail) {
    failing = fail;
  }

  void ignoreRanges() {
    ranged = false;
  }

  void announce(String name, String checksum) {
    announced.put(name, checksum);
  }

  void requireToken(String secret) {
    token = secret;
  }

  boolean tokenReachedOtherHost() {
    return tokenLeaked;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath();
      requests.add(exchange.getRequestMethod() + " " + path);
      String name = path.replaceFirst("^/cdn/|^/.*/resolve/[^/]+/", "");
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      if (path.startsWith("/cdn/")) {
        tokenLeaked |= authorization != null;
        send(exchange, name);
      } else if (!token.isEmpty() && !("Bearer " + token).equals(authorization)) {
        exchange.sendResponseHeaders(401, -1);
      } else if (!path.startsWith("/" + model + "/resolve/") || !Files.exists(file(name))) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        describe(exchange, name);
      }
    }
  }

  private void describe(HttpExchange exchange, String name) throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("X-Repo-Commit", COMMIT);
    if (name.endsWith(".safetensors")) {
      String checksum = announced.getOrDefault(name, Sha256.of(file(name)));
      headers.set("X-Linked-Size", Long.toString(size(name)));
      headers.set("X-Linked-ETag", '"' + checksum + '"');
      // "127.0.0.1" is another host than "localhost".
      headers.set("Location", "http://127.0.0.1:" + server.getAddress().getPort() + "/cdn/" + name);
      exchange.sendResponseHeaders(302, -1);
    } else {
      String checksum = announced.getOrDefault(name, GitBlob.of(file(name)));
      headers.set("ETag", "W/\"" + checksum + '"');
      send(exchange, name);
    }
  }

  private void send(HttpExchange exchange, String name) throws IOException {
    byte[] content = Files.readAllBytes(file(name));
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    if (hasDropped && failing && name.equals(dropped)) {
      exchange.sendResponseHeaders(503, -1);
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = 0;
    if (range != null) {
      ranges.add(range);
      if (ranged) {
        from = Integer.parseInt(range.replaceAll("\\D", ""));
        exchange
            .getResponseHeaders()
            .set(
                "Content-Range",
                "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
      }
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
    boolean drop = !hasDropped && name.equals(dropped);
    hasDropped |= drop;
    exchange.getResponseBody().write(content, from, drop ? dropAfter : content.length - from);
    exchange.getResponseBody().flush();
    if (drop && stalling) {
      stall();
    }
  }

  /** Until the hub is closed. */
  private static void stall() {
    try {
      Thread.sleep(Long.MAX_VALUE);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
