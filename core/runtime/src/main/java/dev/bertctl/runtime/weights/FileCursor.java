// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights;

import dev.bertctl.runtime.files.FileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Reads a part of a file from front to back: little-endian numbers, bytes, what is skipped. */
public final class FileCursor {

  private static final int WINDOW = 1 << 13;

  private final StoredFile stored;
  private final FileChannel channel;
  private final long end;
  private final ByteBuffer window = ByteBuffer.allocate(WINDOW).order(ByteOrder.LITTLE_ENDIAN);
  // Of the first byte behind the window.
  private long windowEnd;

  /**
   * @param file the channel's file, for errors
   * @param begin where to start
   * @param end one past the last byte to read; lies within the file
   */
  public FileCursor(Path file, FileChannel channel, long begin, long end) {
    this.stored = StoredFile.of(file);
    this.channel = channel;
    this.end = end;
    this.windowEnd = begin;
    window.flip();
  }

  /** The file, for errors. */
  public Path file() {
    return stored.path();
  }

  /** The file as it was when this began, to read parts of it later. */
  public StoredFile stored() {
    return stored;
  }

  /** Where the next byte lies in the file. */
  public long position() {
    return windowEnd - window.remaining();
  }

  /** Bytes that are left. */
  public long remaining() {
    return end - position();
  }

  /** An unsigned number of 8 bits. */
  public int u8() {
    return window(1).get() & 0xff;
  }

  /** An unsigned number of 16 bits. */
  public int u16() {
    return window(2).getShort() & 0xffff;
  }

  /** A signed number of 32 bits. */
  public int i32() {
    return window(4).getInt();
  }

  /** An unsigned number of 32 bits. */
  public long u32() {
    return Integer.toUnsignedLong(i32());
  }

  /** A signed number of 64 bits. */
  public long i64() {
    return window(8).getLong();
  }

  /**
   * A length of 64 bits.
   *
   * @throws FileException if fewer bytes are left
   */
  public long length64() {
    long length = i64();
    require(length);
    return length;
  }

  /** As many bytes; none are allocated unless the file has them. */
  public byte[] bytes(int length) {
    require(length);
    byte[] bytes = new byte[length];
    for (int at = 0; at < length; ) {
      int part = Math.min(length - at, WINDOW);
      window(part).get(bytes, at, part);
      at += part;
    }
    return bytes;
  }

  /** Leaves out as many bytes. */
  public void skip(long length) {
    require(length);
    long target = position() + length;
    if (target <= windowEnd) {
      window.position(window.limit() - (int) (windowEnd - target));
    } else {
      window.position(0).limit(0);
      windowEnd = target;
    }
  }

  private void require(long length) {
    if (length < 0 || length > remaining()) {
      throw FileException.damaged(
          file(),
          "at byte "
              + position()
              + " it announces "
              + Long.toUnsignedString(length)
              + " bytes, "
              + remaining()
              + " are left");
    }
  }

  /** The window, with as many bytes in it. */
  private ByteBuffer window(int length) {
    if (window.remaining() < length) {
      if (length > remaining()) {
        throw FileException.damaged(file(), "it breaks off at byte " + end);
      }
      fill();
    }
    return window;
  }

  private void fill() {
    window.compact();
    window.limit((int) Math.min(window.capacity(), window.position() + end - windowEnd));
    try {
      while (window.hasRemaining()) {
        int read = channel.read(window, windowEnd);
        if (read < 0) {
          throw FileException.damaged(file(), "it has become shorter while it was read");
        }
        windowEnd += read;
      }
    } catch (IOException e) {
      throw FileException.reading(file(), e);
    }
    window.flip();
  }
}
