// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that grows at its end, from a mark on: what stood behind the mark is cut off. */
final class GrowingFile implements AutoCloseable {

  private final Path path;
  private final FileChannel channel;
  private final OutputStream out;
  private long places;

  /**
   * Opens a file.
   *
   * @throws UserException if it is shorter than at the mark
   */
  GrowingFile(Path path, Mark mark) {
    this.path = path;
    this.places = mark.places();
    try {
      this.channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw FileException.writing(path, e);
    }
    this.out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    try {
      goTo(mark);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void goTo(Mark mark) {
    try {
      if (channel.size() < mark.bytes()) {
        throw new UserException(
            "%s: has %,d bytes, but had %,d when it was left; restore it, or start over"
                .formatted(path, channel.size(), mark.bytes()));
      }
      channel.truncate(mark.bytes());
      channel.position(mark.bytes());
    } catch (IOException e) {
      throw FileException.writing(path, e);
    }
  }

  /** How many parts it has. */
  long places() {
    return places;
  }

  /** Adds a part. */
  void add(byte[] part) {
    write(part);
    places++;
  }

  /** Adds what is no part. */
  void write(byte[] bytes) {
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw FileException.writing(path, e);
    }
  }

  /**
   * Brings all that it has to the disk.
   *
   * @param memo what else its form must know
   */
  Mark mark(String memo) {
    try {
      out.flush();
      channel.force(true);
      return new Mark(channel.position(), places, memo);
    } catch (IOException e) {
      throw FileException.writing(path, e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw FileException.writing(path, e);
    }
  }
}
