// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights;

import dev.bertctl.runtime.files.FileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Reads the sorted string table in which TensorFlow keeps a checkpoint's index: LevelDB's <a
 * href="https://github.com/google/leveldb/blob/main/doc/table_format.md">table format</a>,
 * uncompressed, as TensorFlow's BundleWriter writes it. Lengths and checksums are checked before
 * they are used.
 */
final class SortedTable {

  private static final long MAGIC = 0xdb4775248b80fb57L;
  private static final int FOOTER_BYTES = 48;

  /** A type byte and a checksum follow each block. */
  private static final int TRAILER_BYTES = 5;

  /** An index takes about 100 bytes a weight. */
  private static final long LARGEST = 8 << 20;

  private final Path file;
  private final byte[] bytes;

  private SortedTable(Path file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /** Keys (as UTF-8) and values in the table's order. */
  static Map<String, ByteBuffer> read(Path file) {
    try {
      long size = Files.size(file);
      if (size < FOOTER_BYTES || size > LARGEST) {
        throw FileException.damaged(file, "no checkpoint index is " + size + " bytes long");
      }
      return new SortedTable(file, Files.readAllBytes(file)).entries();
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
  }

  private Map<String, ByteBuffer> entries() {
    ByteBuffer footer = buffer(bytes.length - FOOTER_BYTES, FOOTER_BYTES);
    if (footer.getLong(FOOTER_BYTES - 8) != MAGIC) {
      throw FileException.damaged(file, "it does not end as a checkpoint index does");
    }
    // The first handle is that of the block of filters, of which checkpoints have none.
    varint(footer);
    varint(footer);
    Map<String, ByteBuffer> entries = new LinkedHashMap<>();
    forEach(
        block(footer),
        (last, handle) ->
            forEach(
                block(handle),
                (key, value) -> {
                  if (entries.put(new String(key, StandardCharsets.UTF_8), value) != null) {
                    throw FileException.damaged(file, "the index names a weight twice");
                  }
                }));
    return entries;
  }

  /** The block that a handle (offset and size) points to, without its restart points. */
  private ByteBuffer block(ByteBuffer handle) {
    long offset = varint(handle);
    long size = varint(handle);
    if (size < 4
        || size > bytes.length
        || offset < 0
        || offset > bytes.length - size - TRAILER_BYTES) {
      throw FileException.damaged(
          file, "the index points to " + size + " bytes at " + offset + ", outside of itself");
    }
    int at = (int) offset;
    int length = (int) size;
    int compression = bytes[at + length];
    int checksum = buffer(at + length + 1, 4).getInt();
    if (checksum != MaskedCrc.of(ByteBuffer.wrap(bytes, at, length + 1))) {
      throw FileException.damaged(file, "the checksum of the block at " + offset + " is wrong");
    }
    if (compression != 0) {
      throw FileException.damaged(file, "its index is compressed, which checkpoints never are");
    }
    long restarts = Integer.toUnsignedLong(buffer(at + length - 4, 4).getInt());
    if (restarts > (length - 4) / 4) {
      throw FileException.damaged(file, "the block at " + offset + " has no room for its entries");
    }
    return buffer(at, length - 4 - (int) restarts * 4);
  }

  /** Entries share the beginning of their key with the entry before them. */
  private void forEach(ByteBuffer block, BiConsumer<byte[], ByteBuffer> action) {
    byte[] key = {};
    while (block.hasRemaining()) {
      long shared = varint(block);
      long own = varint(block);
      long valueLength = varint(block);
      if (shared < 0
          || shared > key.length
          || own < 0
          || own > block.remaining()
          || valueLength < 0
          || valueLength > block.remaining() - own) {
        throw FileException.damaged(file, "an entry of the index is longer than its block");
      }
      key = Arrays.copyOf(key, (int) (shared + own));
      block.get(key, (int) shared, (int) own);
      ByteBuffer value = block.slice(block.position(), (int) valueLength);
      block.position(block.position() + (int) valueLength);
      action.accept(key, value);
    }
  }

  /** A number of up to 64 bits, 7 bits a byte, the lowest first. */
  private long varint(ByteBuffer from) {
    long value = 0;
    for (int shift = 0; shift < 64 && from.hasRemaining(); shift += 7) {
      byte next = from.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw FileException.damaged(file, "a number in the index does not end");
  }

  private ByteBuffer buffer(int offset, int length) {
    return ByteBuffer.wrap(bytes).slice(offset, length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
