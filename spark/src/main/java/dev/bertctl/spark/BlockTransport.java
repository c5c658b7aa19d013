// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.distributed.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.network.buffer.NioManagedBuffer;
import org.apache.spark.storage.BlockData;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BroadcastBlockId;
import org.apache.spark.storage.StorageLevel;
import scala.Option;
import scala.reflect.ClassTag$;

/**
 * Sends bytes through Spark's block managers, as these send each other copies of blocks: with
 * Spark's ports, authentication and encryption. A message is a block that the sender puts into the
 * receiver's memory.
 */
final class BlockTransport implements Transport {

  /** Far from the numbers that Spark counts broadcasts with. */
  private static final long FIRST_ID = 1L << 62;

  /** Between two looks for a message. */
  private static final long LOOK_NANOS = 200_000;

  private final List<Peer> peers;
  private final int rank;
  private final int generation;
  private final long deadlineNanos;
  private final TaskContext task;
  private final BlockManager blocks = SparkEnv.get().blockManager();

  /**
   * @param peers all processes, this one included
   * @param generation tells the messages of a training that began again from those before
   * @param deadline for a message to come
   */
  BlockTransport(List<Peer> peers, int rank, int generation, Duration deadline, TaskContext task) {
    this.peers = peers;
    this.rank = rank;
    this.generation = generation;
    this.deadlineNanos = deadline.toNanos();
    this.task = task;
  }

  @Override
  public int processes() {
    return peers.size();
  }

  @Override
  public int rank() {
    return rank;
  }

  private BlockId id(int from, int to, String name) {
    return new BroadcastBlockId(
        FIRST_ID + generation, "%s_%d_%d".formatted(name.replace('-', '_'), from, to));
  }

  @Override
  public void send(int to, String name, ByteBuffer bytes) {
    Peer peer = peers.get(to);
    blocks
        .blockTransferService()
        .uploadBlock(
            peer.host(),
            peer.port(),
            peer.executor(),
            id(rank, to, name),
            new NioManagedBuffer(bytes),
            StorageLevel.MEMORY_AND_DISK_SER(),
            ClassTag$.MODULE$.apply(byte[].class));
  }

  @Override
  public ByteBuffer receive(int from, String name) {
    BlockId id = id(from, rank, name);
    long begin = System.nanoTime();
    while (true) {
      Option<BlockData> found = blocks.getLocalBytes(id);
      if (found.isDefined()) {
        return taken(id, found.get());
      }
      if (Thread.interrupted() || task.isInterrupted()) {
        throw new IllegalStateException(
            "the task was ended while it waited for " + peers.get(from));
      }
      if (System.nanoTime() - begin > deadlineNanos) {
        throw new UserException(
            "%s for %d s"
                .formatted(silence(peers.get(from)), Duration.ofNanos(deadlineNanos).toSeconds()));
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** How a message begins about a process that others wait for. */
  static String silence(Peer peer) {
    return peer + " has sent nothing";
  }

  private ByteBuffer taken(BlockId id, BlockData block) {
    try {
      ByteBuffer bytes = block.toByteBuffer();
      ByteBuffer copy = ByteBuffer.allocate(bytes.remaining());
      copy.put(bytes);
      return copy.flip();
    } finally {
      blocks.releaseLock(id, Option.empty());
      // The master keeps its place: the next message of this name comes to it.
      blocks.removeBlock(id, false);
    }
  }
}
