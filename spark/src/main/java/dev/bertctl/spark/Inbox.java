// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Where messages of a training wait until they are asked for, and whoever asked before they came.
 * What belongs to another training, which is over, is dropped.
 */
final class Inbox {

  private static final int NONE = -1;

  /** Each either has come or is waited for: nothing stays when both are true. */
  private final Map<Expected, CompletableFuture<ByteBuffer>> messages = new HashMap<>();

  private int generation = NONE;
  private RuntimeException failure;

  private record Expected(int from, String name) {}

  /**
   * Has a training begin, and what came for the one before dropped.
   *
   * @param begun its generation
   */
  synchronized void begin(int begun) {
    if (begun != generation) {
      fail(generation, over());
      generation = begun;
      failure = null;
    }
  }

  /** Whether a message belongs to the training, as long as that goes on. */
  synchronized boolean takes(MessageHead head) {
    return head.generation() == generation && failure == null;
  }

  /**
   * Puts a message where it is waited for.
   *
   * @throws IllegalStateException if the one before it of this name was not taken
   */
  synchronized void put(MessageHead head, ByteBuffer bytes) {
    if (!takes(head)) {
      return;
    }
    Expected key = new Expected(head.from(), head.name());
    CompletableFuture<ByteBuffer> waiting = messages.remove(key);
    if (waiting == null) {
      messages.put(key, CompletableFuture.completedFuture(bytes));
    } else if (!waiting.complete(bytes)) {
      throw new IllegalStateException(
          "process %d has sent '%s' twice".formatted(head.from(), head.name()));
    }
  }

  /**
   * A message, which has come or will come.
   *
   * @param wanted the generation of the training that asks
   * @return the message; fails where the training did
   */
  synchronized CompletableFuture<ByteBuffer> message(int wanted, int from, String name) {
    if (wanted != generation) {
      return CompletableFuture.failedFuture(over());
    }
    if (failure != null) {
      return CompletableFuture.failedFuture(failure);
    }
    Expected key = new Expected(from, name);
    CompletableFuture<ByteBuffer> message = messages.remove(key);
    if (message == null) {
      message = new CompletableFuture<>();
      messages.put(key, message);
    }
    return message;
  }

  /**
   * Has all waiting for messages of a training end.
   *
   * @param failed its generation
   * @param reason what became of it
   */
  synchronized void fail(int failed, RuntimeException reason) {
    if (failed == generation) {
      failure = reason;
      messages.values().forEach(message -> message.completeExceptionally(reason));
      messages.clear();
    }
  }

  private static RuntimeException over() {
    return new IllegalStateException("the training has begun again without this process");
  }

  /** How many messages wait, or are waited for. */
  synchronized int size() {
    return messages.size();
  }
}
