// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Writes zip files of stored entries, whose directory may say anything. */
final class TestZip {

  private static final long IN_ZIP64 = 0xffffffffL;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<Entry> entries = new ArrayList<>();

  /** What the directory says of an entry. */
  record Entry(String name, int flags, int method, long compressed, long size, long header) {

    Entry named(String other) {
      return new Entry(other, flags, method, compressed, size, header);
    }

    Entry flagged(int other) {
      return new Entry(name, other, method, compressed, size, header);
    }

    Entry method(int other) {
      return new Entry(name, flags, other, compressed, size, header);
    }

    Entry sizes(long otherCompressed, long otherSize) {
      return new Entry(name, flags, method, otherCompressed, otherSize, header);
    }

    Entry at(long other) {
      return new Entry(name, flags, method, compressed, size, other);
    }
  }

  TestZip add(String name, byte[] content) {
    return add(name, content, entry -> entry);
  }

  /**
   * Adds an entry.
   *
   * @param lie what the directory says instead
   */
  TestZip add(String name, byte[] content, UnaryOperator<Entry> lie) {
    entries.add(lie.apply(new Entry(name, 0, 0, content.length, content.length, bytes.size())));
    bytes.writeBytes(header(name, content.length));
    bytes.writeBytes(content);
    return this;
  }

  static byte[] header(String name, long size) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    return buffer(30 + utf8.length)
        .putInt(0x04034b50)
        .putShort((short) 20)
        .putShort((short) 0)
        .putShort((short) 0)
        .putInt(0)
        .putInt(0)
        .putInt((int) size)
        .putInt((int) size)
        .putShort((short) utf8.length)
        .putShort((short) 0)
        .put(utf8)
        .array();
  }

  byte[] end() {
    byte[] directory = directory(entries);
    int begin = bytes.size();
    bytes.writeBytes(directory);
    bytes.writeBytes(end(entries.size(), directory.length, begin));
    return bytes.toByteArray();
  }

  static byte[] directory(List<Entry> entries) {
    ByteArrayOutputStream directory = new ByteArrayOutputStream();
    entries.forEach(entry -> directory.writeBytes(directoryEntry(entry)));
    return directory.toByteArray();
  }

  /** In the long form where a number does not fit into the short one. */
  private static byte[] directoryEntry(Entry entry) {
    byte[] utf8 = entry.name.getBytes(StandardCharsets.UTF_8);
    boolean zip64 = Math.max(Math.max(entry.size, entry.compressed), entry.header) >= IN_ZIP64;
    ByteBuffer buffer =
        buffer(46 + utf8.length + (zip64 ? 28 : 0))
            .putInt(0x02014b50)
            .putInt(0)
            .putShort((short) entry.flags)
            .putShort((short) entry.method)
            .putInt(0)
            .putInt(0)
            .putInt(zip64 ? -1 : (int) entry.compressed)
            .putInt(zip64 ? -1 : (int) entry.size)
            .putShort((short) utf8.length)
            .putShort((short) (zip64 ? 28 : 0))
            .putShort((short) 0)
            .putLong(0)
            .putInt(zip64 ? -1 : (int) entry.header)
            .put(utf8);
    if (zip64) {
      buffer.putShort((short) 1).putShort((short) 24);
      buffer.putLong(entry.size).putLong(entry.compressed).putLong(entry.header);
    }
    return buffer.array();
  }

  /** The end, in both forms where the short one does not do. */
  static byte[] end(long entries, long length, long begin) {
    boolean zip64 = begin >= IN_ZIP64;
    ByteBuffer buffer = buffer(22 + (zip64 ? 76 : 0));
    if (zip64) {
      buffer.putInt(0x06064b50).putLong(44).putInt(0).putLong(0).putLong(entries);
      buffer.putLong(entries).putLong(length).putLong(begin);
      buffer.putInt(0x07064b50).putInt(0).putLong(begin + length).putInt(1);
    }
    return buffer
        .putInt(0x06054b50)
        .putInt(0)
        .putShort((short) entries)
        .putShort((short) entries)
        .putInt((int) length)
        .putInt(zip64 ? -1 : (int) begin)
        .putShort((short) 0)
        .array();
  }

  private static ByteBuffer buffer(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
