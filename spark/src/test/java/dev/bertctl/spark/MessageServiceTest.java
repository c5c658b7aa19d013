// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionException;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service with a secret. */
@Timeout(60)
class MessageServiceTest {

  private static final MessageHead HEAD = new MessageHead(1, 0, 3, "sum");

  private final MessageService server = SparkTransportTest.service(withSecret("right"));

  @BeforeEach
  void begin() {
    server.inbox().begin(1);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void whoeverKnowsTheSecretIsHeard() {
    send(withSecret("right"));
    assertEquals(1, server.inbox().size());
  }

  @Test
  void whoeverHasAnotherSecretIsRefused() {
    assertThrows(CompletionException.class, () -> send(withSecret("wrong")));
    assertEquals(0, server.inbox().size());
  }

  @Test
  void whoeverHasNoSecretIsRefused() {
    assertThrows(CompletionException.class, () -> send(SparkTransportTest.conf()));
    assertEquals(0, server.inbox().size());
  }

  @Test
  void itListensOnItsAddressAlone() throws Exception {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
      assertTrue(socket.isConnected());
    }
    try (Socket socket = new Socket()) {
      assertThrows(
          java.net.ConnectException.class,
          () -> socket.connect(new InetSocketAddress("127.0.0.2", server.port())));
    }
  }

  @Test
  void whereThePortIsTakenItIsTheNext() {
    SparkConf same = withSecret("right").set(MessageService.PORT, Integer.toString(server.port()));
    try (MessageService next = SparkTransportTest.service(same)) {
      assertTrue(next.port() > server.port(), next.port() + " " + server.port());
    }
  }

  private void send(SparkConf conf) {
    try (MessageService client = SparkTransportTest.service(conf)) {
      client
          .send(
              new Endpoint(new Peer("1", "127.0.0.1"), server.port()),
              HEAD,
              ByteBuffer.wrap(new byte[HEAD.size()]))
          .join();
    }
  }

  private static SparkConf withSecret(String secret) {
    return SparkTransportTest.conf()
        .set("spark.authenticate", "true")
        .set("spark.authenticate.secret", secret)
        .set("spark.network.crypto.enabled", "true");
  }
}
