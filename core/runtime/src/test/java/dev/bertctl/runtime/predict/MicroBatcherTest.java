// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.ModelOutput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rows are told apart by their first text, which the decoder sees in the batch's thread. */
@Timeout(60)
class MicroBatcherTest {

  private static final String HOLDS_UP = "the boat";
  private static final String FAILS = "the bird";
  private static final int NO_LIMIT = 16_384;

  @TempDir Path folder;

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final Set<String> decoded = ConcurrentHashMap.newKeySet();
  private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
  private Predictor<Classification> predictor;

  @AfterEach
  void close() {
    goOn.countDown();
    predictor.close();
  }

  private MicroBatcher<Classification> batcher(int limit, int maxBatchTokens) {
    predictor = OpenTiny.decoding(folder, this::decode, maxBatchTokens);
    return new MicroBatcher<>(predictor, limit, (inputs, tokens, computed) -> batches.add(inputs));
  }

  private Classification decode(LabelledText example, ModelOutput output) {
    String text = example.columns().get("first").toString();
    decoded.add(text);
    if (text.equals(HOLDS_UP)) {
      reached.countDown();
      await(goOn);
    }
    if (text.equals(FAILS)) {
      throw new IllegalArgumentException("this one fails");
    }
    return Classification.of(new Labels(List.of("no", "yes")), output.logits());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS), "nothing happened");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Prepared row(String first) {
    return predictor.prepare(Map.of("first", first, "second", "a dog"));
  }

  /** Afterwards the worker computes, and what is submitted waits. */
  private CompletableFuture<Answer<Classification>> holdUp(MicroBatcher<Classification> batcher) {
    CompletableFuture<Answer<Classification>> answer = batcher.submit(row(HOLDS_UP));
    await(reached);
    return answer;
  }

  @Test
  void whatComesMeanwhileIsComputedTogether() {
    try (MicroBatcher<Classification> batcher = batcher(10, NO_LIMIT)) {
      CompletableFuture<Answer<Classification>> first = holdUp(batcher);
      List<CompletableFuture<Answer<Classification>>> others = new ArrayList<>();
      for (String text : List.of("the cat", "a red house", "the river")) {
        others.add(batcher.submit(row(text)));
      }
      assertEquals(3, batcher.waiting());
      assertEquals(4, batcher.pending());
      goOn.countDown();

      first.join();
      for (int i = 0; i < others.size(); i++) {
        Answer<Classification> answer = others.get(i).join();
        assertTrue(answer.queued().toNanos() > 0);
        assertTrue(answer.computed().toNanos() > 0);
      }
    }
    assertEquals(List.of(1, 3), batches);
  }

  @Test
  void aBatchHasNoMoreTokensThanItMay() {
    // [CLS] the cat [SEP] a dog [SEP]: 7 tokens, so that two share a batch.
    try (MicroBatcher<Classification> batcher = batcher(10, 15)) {
      holdUp(batcher);
      List<Prepared> inputs = List.of(row("the cat"), row("the dog"), row("the tree"));
      assertEquals(7, inputs.get(0).tokens());
      batcher.submit(inputs);
      goOn.countDown();
    }
    assertEquals(List.of(1, 2, 1), batches);
  }

  @Test
  void aFullQueueTakesAllOrNone() {
    try (MicroBatcher<Classification> batcher = batcher(3, NO_LIMIT)) {
      holdUp(batcher);
      batcher.submit(row("the cat"));
      List<Prepared> two = List.of(row("the dog"), row("the tree"));

      QueueFullException full = assertThrows(QueueFullException.class, () -> batcher.submit(two));

      assertEquals("the queue is full (3 inputs); try again later", full.getMessage());
      batcher.submit(two.get(0));
      assertThrows(QueueFullException.class, () -> batcher.submit(two.get(1)));
      goOn.countDown();
    }
    assertFalse(decoded.contains("the tree"));
  }

  @Test
  void moreAtOnceThanTheLimitAreToldSo() {
    try (MicroBatcher<Classification> batcher = batcher(1, NO_LIMIT)) {
      List<Prepared> two = List.of(row("the dog"), row("the tree"));

      QueueFullException full = assertThrows(QueueFullException.class, () -> batcher.submit(two));

      assertEquals(
          "2 inputs at once are more than the queue's limit of 1; send fewer", full.getMessage());
    }
  }

  @Test
  void whatIsGivenUpIsNotComputedAndMakesRoom() throws Exception {
    try (MicroBatcher<Classification> batcher = batcher(3, NO_LIMIT)) {
      holdUp(batcher);
      CompletableFuture<Answer<Classification>> cancelled = batcher.submit(row("the cat"));
      CompletableFuture<Answer<Classification>> late =
          batcher.submit(row("the dog")).orTimeout(1, TimeUnit.MILLISECONDS);
      cancelled.cancel(false);
      assertTrue(
          assertThrows(CompletionException.class, late::join).getCause()
              instanceof TimeoutException);

      assertEquals(0, batcher.waiting());
      CompletableFuture<Answer<Classification>> next = batcher.submit(row("the tree"));
      goOn.countDown();
      next.join();
    }
    assertEquals(Set.of(HOLDS_UP, "the tree"), decoded);
  }

  @Test
  void anInputThatFailsFailsAlone() {
    try (MicroBatcher<Classification> batcher = batcher(10, NO_LIMIT)) {
      holdUp(batcher);
      CompletableFuture<Answer<Classification>> before = batcher.submit(row("the cat"));
      CompletableFuture<Answer<Classification>> failing = batcher.submit(row(FAILS));
      CompletableFuture<Answer<Classification>> after = batcher.submit(row("the dog"));
      goOn.countDown();

      Throwable failure = assertThrows(CompletionException.class, failing::join).getCause();
      assertEquals("this one fails", failure.getMessage());
      before.join();
      after.join();
    }
  }

  @Test
  void closingComputesWhatWaits() throws Exception {
    MicroBatcher<Classification> batcher = batcher(10, NO_LIMIT);
    holdUp(batcher);
    CompletableFuture<Answer<Classification>> waiting = batcher.submit(row("the cat"));
    Thread closing = new Thread(batcher::close);
    closing.start();
    // Until it is closing it takes inputs.
    assertThrows(
        IllegalStateException.class,
        () -> {
          while (true) {
            batcher.submit(row("the dog"));
            Thread.sleep(1);
            if (batcher.pending() > 8) {
              throw new AssertionError("it does not close");
            }
          }
        });
    goOn.countDown();
    closing.join();

    assertTrue(waiting.isDone());
    assertFalse(waiting.isCompletedExceptionally());
    assertEquals(0, batcher.pending());
  }

  @Test
  void closingAtOnceFailsWhatWaits() {
    MicroBatcher<Classification> batcher = batcher(10, NO_LIMIT);
    CompletableFuture<Answer<Classification>> computing = holdUp(batcher);
    CompletableFuture<Answer<Classification>> waiting = batcher.submit(row("the cat"));

    batcher.close(Duration.ZERO);

    assertEquals(
        "the batcher was closed before its turn",
        assertThrows(CompletionException.class, waiting::join).getCause().getMessage());
    goOn.countDown();
    computing.join();
    assertEquals(Set.of(HOLDS_UP), decoded);
  }

  @Test
  void aListenerThatFailsStopsNothing() {
    predictor = OpenTiny.decoding(folder, this::decode, NO_LIMIT);
    List<Throwable> told = Collections.synchronizedList(new ArrayList<>());
    IllegalStateException failure = new IllegalStateException("listener");
    Thread.UncaughtExceptionHandler usual = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> told.add(thrown));
    try (MicroBatcher<Classification> batcher =
        new MicroBatcher<>(
            predictor,
            2,
            (inputs, tokens, computed) -> {
              throw failure;
            })) {
      batcher.submit(row("the cat")).join();
      batcher.submit(row("the dog")).join();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(usual);
    }
    assertEquals(2, told.size());
    assertSame(failure, told.get(0));
  }
}
