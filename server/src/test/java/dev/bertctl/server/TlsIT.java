// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server with a certificate: HTTPS at its port, and HTTP nowhere. */
@Timeout(120)
class TlsIT {

  private static final String MODEL = "text-classification";

  @TempDir static Path folder;

  private static SelfSigned tls;
  private static ServedApp app;

  /** Where Quarkus would open a port for HTTP if it opened any. */
  private static int plainPort;

  @BeforeAll
  static void start() throws Exception {
    Path run = TinyModels.run(folder, MODEL, Map.of("labels", "bad,good", "text-pair", "false"), 1);
    tls = SelfSigned.in(folder);
    plainPort = ServedApp.freePort();
    app =
        ServedApp.start(
            "https",
            client(HttpClient.Version.HTTP_1_1),
            folder,
            Map.of("JAVA_TOOL_OPTIONS", "-Dquarkus.http.port=" + plainPort),
            run.toString(),
            "--header-timeout=3",
            "--tls-cert=" + tls.certificate(),
            "--tls-key=" + tls.key());
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  private static HttpClient client(HttpClient.Version version) {
    return HttpClient.newBuilder().version(version).sslContext(tls.trusting()).build();
  }

  @ParameterizedTest
  @EnumSource
  void itAnswersWhoTrustsItsCertificate(HttpClient.Version version) throws Exception {
    HttpClient client = client(version);
    HttpRequest request = app.predict(MODEL, Map.of("text", "the red cat"));
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      assertEquals(200, response.statusCode(), response::body);
      assertEquals(version, response.version());
      assertEquals(1, ServedApp.json(response).get("predictions").size());
      // A handshake that does not begin is given up like a header, and this connection lives on.
      try (Socket silent = new Socket("localhost", app.port())) {
        silent.setSoTimeout(60_000);
        assertEquals(-1, silent.getInputStream().read());
      }
    }
    assertFalse(app.log().contains("ERROR"), app::log);
  }

  @Test
  void whoDoesNotTrustItsCertificateGetsNoAnswer() {
    HttpClient other = HttpClient.newHttpClient();
    HttpRequest request = app.request("/v1/models").build();
    assertThrows(SSLHandshakeException.class, () -> other.send(request, BodyHandlers.discarding()));
  }

  @Test
  void thereIsNoHttp() throws Exception {
    HttpClient plain = HttpClient.newHttpClient();
    URI atItsPort = URI.create("http://localhost:%d/v1/models".formatted(app.port()));
    assertThrows(
        IOException.class,
        () -> plain.send(HttpRequest.newBuilder(atItsPort).build(), BodyHandlers.discarding()));
    assertThrows(ConnectException.class, () -> new Socket("localhost", plainPort).close());
    String address = "https://localhost:%d/v1/models/%s/predict".formatted(app.port(), MODEL);
    assertTrue(app.log().contains(address), app::log);
  }
}
