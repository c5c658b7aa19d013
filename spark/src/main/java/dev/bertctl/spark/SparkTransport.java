// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.distributed.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Sends bytes to the other executors of a training, for one step. */
final class SparkTransport implements Transport {

  /** Between two looks whether the task was ended, which nothing else tells of. */
  private static final long LOOK_MILLIS = 100;

  private final List<Endpoint> endpoints;
  private final int rank;
  private final int generation;
  private final Duration deadline;
  private final MessageService messages;
  private final BooleanSupplier ended;
  private final List<Sent> sent = new ArrayList<>();

  private record Sent(Peer to, Future<Void> delivered) {}

  /**
   * @param endpoints of all processes, this one included
   * @param generation tells the messages of a training that began again from those before
   * @param deadline for a message to come
   * @param ended whether the task was ended
   */
  SparkTransport(
      List<Endpoint> endpoints,
      int rank,
      int generation,
      Duration deadline,
      MessageService messages,
      BooleanSupplier ended) {
    this.endpoints = endpoints;
    this.rank = rank;
    this.generation = generation;
    this.deadline = deadline;
    this.messages = messages;
    this.ended = ended;
  }

  @Override
  public int processes() {
    return endpoints.size();
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public void send(int to, String name, ByteBuffer bytes) {
    Endpoint endpoint = endpoints.get(to);
    MessageHead head = new MessageHead(generation, rank, bytes.remaining(), name);
    CompletableFuture<Void> delivered =
        messages
            .send(endpoint, head, bytes)
            .exceptionally(
                failure -> {
                  UserException unreachable =
                      new UserException(
                          "%s: %s".formatted(unreachable(endpoint.peer()), failure.getMessage()),
                          failure);
                  // Whatever this process waits for: the step cannot be made.
                  messages.inbox().fail(generation, unreachable);
                  throw unreachable;
                });
    sent.add(new Sent(endpoint.peer(), delivered));
  }

  @Override
  public ByteBuffer receive(int from, String name) {
    return await(messages.inbox().message(generation, from, name), endpoints.get(from).peer());
  }

  /**
   * Waits until all that was sent has come.
   *
   * @throws UserException if it does not, naming the process
   */
  void awaitDelivery() {
    sent.forEach(one -> await(one.delivered(), one.to()));
  }

  private <T> T await(Future<T> future, Peer peer) {
    long end = System.nanoTime() + deadline.toNanos();
    while (true) {
      try {
        return future.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (ended.getAsBoolean()) {
          throw new IllegalStateException("the task was ended while it waited for " + peer);
        }
        if (System.nanoTime() - end > 0) {
          throw new UserException("%s for %d s".formatted(silent(peer), deadline.toSeconds()));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for " + peer);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException(e.getCause());
      }
    }
  }

  private static String silent(Peer peer) {
    return peer + " has sent nothing";
  }

  private static String unreachable(Peer peer) {
    return peer + " cannot be reached";
  }

  /** Whether a message says that a process does not answer. */
  static boolean blames(String message, Peer peer) {
    return message.startsWith(silent(peer)) || message.startsWith(unreachable(peer));
  }
}
