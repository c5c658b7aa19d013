// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.events;

import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.weights.MaskedCrc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/**
 * A file of scalars that TensorBoard shows: records of TensorFlow's {@code Event} message, each
 * with its length before it and checksums of both (the TFRecord format).
 */
public final class EventFile implements AutoCloseable {

  /** Begins the name, by which TensorBoard knows such files. */
  public static final String PREFIX = "events.out.tfevents.";

  /** The first record's, without which TensorBoard takes the file for one of an older form. */
  private static final String VERSION = "brain.Event:2";

  private final Path file;
  private final FileChannel channel;
  private final Clock clock;

  private EventFile(Path file, FileChannel channel, Clock clock) {
    this.file = file;
    this.channel = channel;
    this.clock = clock;
  }

  /**
   * Begins a file, called {@code events.out.tfevents.<seconds>.<host>}.
   *
   * @param folder where it goes
   * @param clock tells the wall time of events
   */
  public static EventFile begin(Path folder, Clock clock) {
    Path file =
        folder.resolve(PREFIX + "%010d.%s".formatted(clock.instant().getEpochSecond(), host()));
    EventFile events = open(file, clock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    events.write(events.event().setFileVersion(VERSION).build());
    return events;
  }

  /**
   * Goes on with a file, forgetting what was written after a point, which is written again.
   *
   * @param length what {@link #length} gave there
   */
  public static EventFile resume(Path file, long length, Clock clock) {
    EventFile events = open(file, clock, StandardOpenOption.WRITE);
    try {
      events.channel.truncate(length);
      events.channel.position(length);
      return events;
    } catch (IOException e) {
      events.close();
      throw FileException.writing(file, e);
    }
  }

  private static EventFile open(Path file, Clock clock, StandardOpenOption... options) {
    try {
      return new EventFile(file, FileChannel.open(file, options), clock);
    } catch (IOException e) {
      throw FileException.writing(file, e);
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A machine without a name in its network; the name of the file only has to be one.
      return "localhost";
    }
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /** Bytes so far: what {@link #resume} needs to go on from here. */
  public long length() {
    try {
      return channel.position();
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
  }

  /**
   * Adds scalars of a step.
   *
   * @param step steps done
   * @param values by their tags, such as {@code train/loss}; kept as float32
   */
  public void add(long step, Map<String, Double> values) {
    Summary.Builder summary = Summary.newBuilder();
    values.forEach(
        (tag, value) -> summary.addValueBuilder().setTag(tag).setSimpleValue(value.floatValue()));
    write(event().setStep(step).setSummary(summary).build());
  }

  private Event.Builder event() {
    Instant now = clock.instant();
    return Event.newBuilder().setWallTime(now.getEpochSecond() + now.getNano() / 1e9);
  }

  /** Writes a record at once, so that TensorBoard sees it while the run goes on. */
  private void write(Event event) {
    byte[] data = event.toByteArray();
    ByteBuffer record =
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES + data.length + Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(data.length);
    record.putInt(MaskedCrc.of(record.slice(0, Long.BYTES)));
    record.put(data);
    record.putInt(MaskedCrc.of(ByteBuffer.wrap(data)));
    record.flip();
    try {
      while (record.hasRemaining()) {
        channel.write(record);
      }
    } catch (IOException e) {
      throw FileException.writing(file, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw FileException.writing(file, e);
    }
  }
}
