// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.UserException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Option;

/** Two services in the place of two executors. */
@Timeout(60)
class SparkTransportTest {

  private static final String HOST = "127.0.0.1";
  private static final int GENERATION = 3;
  private static final Duration LONG = Duration.ofMinutes(5);

  private final MessageService first = service(conf());
  private final MessageService second = service(conf());

  @BeforeEach
  void begin() {
    first.inbox().begin(GENERATION);
    second.inbox().begin(GENERATION);
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3_000_001})
  void bytesComeAsTheyWereSentBeforeTheyAreAskedForAndAfter(int size) {
    SparkTransport from = transport(first, 0, LONG);
    SparkTransport to = transport(second, 1, LONG);
    byte[] bytes = new byte[size];
    new Random(1).nextBytes(bytes);
    from.send(1, "early", ByteBuffer.wrap(bytes));
    from.awaitDelivery();
    assertEquals(ByteBuffer.wrap(bytes), to.receive(0, "early"));
    CompletableFuture<ByteBuffer> late = CompletableFuture.supplyAsync(() -> to.receive(0, "late"));
    from.send(1, "late", ByteBuffer.wrap(bytes));
    assertEquals(ByteBuffer.wrap(bytes), late.join());
    assertEquals(0, second.inbox().size());
  }

  @Test
  void aMessageOfATrainingThatIsOverIsDroppedAndTheNextOneComes() {
    SparkTransport over = transport(first, 0, LONG);
    second.inbox().begin(GENERATION + 1);
    over.send(1, "sum", ByteBuffer.wrap(new byte[100]));
    over.awaitDelivery();
    assertEquals(0, second.inbox().size());
    second.inbox().begin(GENERATION);
    over.send(1, "sum", ByteBuffer.wrap(new byte[] {5}));
    assertEquals(5, transport(second, 1, LONG).receive(0, "sum").get(0));
  }

  /** Whatever it waits for itself, long before its deadline. */
  @Test
  void aProcessThatCannotBeReachedIsNamedAtOnce() {
    SparkTransport transport = transport(first, 0, LONG);
    CompletableFuture<ByteBuffer> waiting =
        CompletableFuture.supplyAsync(() -> transport.receive(1, "sum"));
    second.close();
    transport.send(1, "slice", ByteBuffer.wrap(new byte[100]));
    CompletionException failed = assertThrows(CompletionException.class, waiting::join);
    String message = failed.getCause().getMessage();
    assertTrue(
        message.startsWith("executor 2 on 127.0.0.1 cannot be reached: Failed to connect to "),
        message);
    assertEquals(message, assertThrows(UserException.class, transport::awaitDelivery).getMessage());
    assertTrue(SparkTransport.blames(message, new Peer("2", HOST)));
    assertFalse(SparkTransport.blames(message, new Peer("1", HOST)));
  }

  @Test
  void aProcessThatIsSilentIsNamedAfterTheDeadline() {
    SparkTransport transport = transport(first, 0, Duration.ofSeconds(1));
    String message =
        assertThrows(UserException.class, () -> transport.receive(1, "sum")).getMessage();
    assertEquals("executor 2 on 127.0.0.1 has sent nothing for 1 s", message);
    assertTrue(SparkTransport.blames(message, new Peer("2", HOST)));
  }

  @Test
  void aTaskThatIsEndedWaitsNoLonger() {
    SparkTransport transport =
        new SparkTransport(endpoints(), 0, GENERATION, LONG, first, () -> true);
    assertEquals(
        "the task was ended while it waited for executor 2 on 127.0.0.1",
        assertThrows(IllegalStateException.class, () -> transport.receive(1, "sum")).getMessage());
  }

  private SparkTransport transport(MessageService messages, int rank, Duration deadline) {
    return new SparkTransport(endpoints(), rank, GENERATION, deadline, messages, () -> false);
  }

  private List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(new Peer("1", HOST), first.port()),
        new Endpoint(new Peer("2", HOST), second.port()));
  }

  static SparkConf conf() {
    return new SparkConf(false).set("spark.app.id", "test");
  }

  static MessageService service(SparkConf conf) {
    SecurityManager security =
        new SecurityManager(
            conf,
            Option.empty(),
            org.apache.spark.internal.config.package$.MODULE$.AUTH_SECRET_FILE_EXECUTOR());
    return new MessageService(conf, security, HOST);
  }
}
