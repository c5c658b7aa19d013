// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The page, with the headers that the server gives it, before models of every task whose answers
 * are known.
 */
final class CannedServer implements AutoCloseable {

  /** What it answers where a request is to fail. */
  record Refusal(int status, String error, Map<String, String> headers) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RESOURCES = "/META-INF/resources";
  private static final String HEADER = "quarkus.http.filter.page.header.";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html", "css", "text/css", "js", "text/javascript", "svg", "image/svg+xml");

  private final HttpServer server;
  private final JsonNode canned;
  private final Properties settings = new Properties();
  private volatile Optional<String> key = Optional.empty();
  private volatile Optional<Refusal> refusal = Optional.empty();
  private volatile Optional<Refusal> refusalOfAll = Optional.empty();
  private volatile JsonNode lastRows;

  CannedServer() throws IOException {
    try (InputStream answers = CannedServer.class.getResourceAsStream("answers.json");
        InputStream properties =
            CannedServer.class.getResourceAsStream("/application.properties")) {
      canned = JSON.readTree(answers);
      settings.load(properties);
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::page);
    server.createContext("/v1/models", this::models);
    server.start();
  }

  /** The page's address for a model. */
  String page(String model) {
    return "http://localhost:%d/?model=%s".formatted(server.getAddress().getPort(), model);
  }

  /** Names of its models. */
  static List<String> models() throws IOException {
    try (InputStream answers = CannedServer.class.getResourceAsStream("answers.json")) {
      return JSON.readTree(answers).get("models").findValuesAsText("name");
    }
  }

  /** Wants a key from now on. */
  void require(String newKey) {
    key = Optional.of(newKey);
  }

  /** Refuses predictions from now on. */
  void refuse(Refusal with) {
    refusal = Optional.of(with);
  }

  /** Refuses everything but the page from now on. */
  void refuseAll(Refusal with) {
    refusalOfAll = Optional.of(with);
  }

  /** Lets all in, and answers. */
  void reset() {
    refusalOfAll = Optional.empty();
    key = Optional.empty();
    refusal = Optional.empty();
  }

  /** The rows of the last prediction that was asked for. */
  JsonNode lastRows() {
    return lastRows;
  }

  private void page(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String file = path.equals("/") ? "/index.html" : path;
    settings.stringPropertyNames().stream()
        .filter(name -> name.startsWith(HEADER))
        .forEach(
            name ->
                exchange
                    .getResponseHeaders()
                    .set(
                        name.substring(HEADER.length()).replace("\"", ""),
                        settings.getProperty(name)));
    try (InputStream content = CannedServer.class.getResourceAsStream(RESOURCES + file)) {
      String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
      if (content == null || type == null) {
        send(exchange, 404, "text/plain", "no such page".getBytes());
      } else {
        send(exchange, 200, type + ";charset=UTF-8", content.readAllBytes());
      }
    }
  }

  private void models(HttpExchange exchange) throws IOException {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (key.isPresent() && !("Bearer " + key.get()).equals(authorization)) {
      problem(exchange, new Refusal(401, "the request needs a key", Map.of()));
    } else if (refusalOfAll.isPresent()) {
      problem(exchange, refusalOfAll.get());
    } else if (exchange.getRequestMethod().equals("GET")) {
      json(exchange, 200, JSON.createObjectNode().set("models", canned.get("models")));
    } else if (refusal.isPresent()) {
      problem(exchange, refusal.get());
    } else {
      predict(exchange);
    }
  }

  private void predict(HttpExchange exchange) throws IOException {
    String model = exchange.getRequestURI().getPath().split("/")[3];
    lastRows = JSON.readTree(exchange.getRequestBody()).get("rows");
    ArrayNode predictions = JSON.createArrayNode();
    for (JsonNode row : lastRows) {
      ObjectNode answered = row.deepCopy();
      predictions.add(answered.setAll((ObjectNode) canned.get("answers").get(model)));
    }
    json(exchange, 200, JSON.createObjectNode().set("predictions", predictions));
  }

  private static void problem(HttpExchange exchange, Refusal refused) throws IOException {
    exchange.getRequestBody().readAllBytes();
    refused.headers().forEach(exchange.getResponseHeaders()::set);
    json(exchange, refused.status(), JSON.createObjectNode().put("error", refused.error()));
  }

  private static void json(HttpExchange exchange, int status, JsonNode body) throws IOException {
    send(exchange, status, "application/json", JSON.writeValueAsBytes(body));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
