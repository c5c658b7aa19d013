// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.UserException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InboxTest {

  private static final ByteBuffer BYTES = ByteBuffer.wrap(new byte[] {1, 2});
  private static final MessageHead HEAD = new MessageHead(7, 1, 2, "sum-0");

  private final Inbox inbox = new Inbox();

  @BeforeEach
  void begin() {
    inbox.begin(7);
  }

  @Test
  void aMessageIsGivenOnceWhetherItComesBeforeItIsAskedForOrAfter() {
    inbox.put(HEAD, BYTES);
    assertSame(BYTES, inbox.message(7, 1, "sum-0").join());
    CompletableFuture<ByteBuffer> later = inbox.message(7, 1, "sum-0");
    assertFalse(later.isDone());
    inbox.put(HEAD, BYTES);
    assertSame(BYTES, later.join());
    assertEquals(0, inbox.size());
  }

  @Test
  void messagesAreToldApartBySenderAndName() {
    CompletableFuture<ByteBuffer> wanted = inbox.message(7, 1, "sum-0");
    inbox.put(new MessageHead(7, 2, 2, "sum-0"), BYTES);
    inbox.put(new MessageHead(7, 1, 2, "sum-1"), BYTES);
    assertFalse(wanted.isDone());
    inbox.put(HEAD, BYTES);
    assertSame(BYTES, wanted.join());
  }

  @Test
  void aMessageThatWasNotTakenIsNotReplaced() {
    inbox.put(HEAD, BYTES);
    assertEquals(
        "process 1 has sent 'sum-0' twice",
        assertThrows(IllegalStateException.class, () -> inbox.put(HEAD, BYTES)).getMessage());
  }

  @Test
  void aTrainingThatBeginsAgainLeavesNothingBehind() {
    CompletableFuture<ByteBuffer> waiting = inbox.message(7, 2, "sum-0");
    inbox.put(HEAD, BYTES);
    inbox.begin(8);
    assertEquals(0, inbox.size());
    assertThrows(CompletionException.class, waiting::join);
    inbox.put(HEAD, BYTES);
    assertEquals(0, inbox.size());
    assertThrows(CompletionException.class, () -> inbox.message(7, 1, "sum-0").join());
    assertFalse(inbox.message(8, 1, "sum-0").isDone());
  }

  @Test
  void aFailureEndsAllWaitingUntilTheTrainingBeginsAgain() {
    UserException reason = new UserException("executor 2 cannot be reached");
    CompletableFuture<ByteBuffer> waiting = inbox.message(7, 1, "sum-0");
    inbox.fail(6, reason);
    assertFalse(waiting.isDone());
    inbox.fail(7, reason);
    assertSame(reason, assertThrows(CompletionException.class, waiting::join).getCause());
    inbox.put(HEAD, BYTES);
    assertEquals(0, inbox.size());
    assertSame(
        reason,
        assertThrows(CompletionException.class, () -> inbox.message(7, 1, "sum-0").join())
            .getCause());
    inbox.begin(8);
    assertFalse(inbox.message(8, 1, "sum-0").isDone());
  }
}
