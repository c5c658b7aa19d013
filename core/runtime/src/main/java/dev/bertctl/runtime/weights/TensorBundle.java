// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights;

import com.google.protobuf.ByteString;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The variables of a TensorFlow checkpoint or SavedModel: {@code PREFIX.index} and {@code
 * PREFIX.data-00000-of-00001}. Read here rather than with TensorFlow's restore op, which needs a
 * session, the names beforehand and a copy of all values; this reader holds one variable at a time.
 */
public final class TensorBundle {

  // Field numbers of TensorFlow's tensor_bundle.proto and tensor_shape.proto.
  private static final int HEADER_SHARDS = 1;
  private static final int HEADER_ENDIANNESS = 2;
  private static final int ENTRY_TYPE = 1;
  private static final int ENTRY_SHAPE = 2;
  private static final int ENTRY_SHARD = 3;
  private static final int ENTRY_OFFSET = 4;
  private static final int ENTRY_SIZE = 5;
  private static final int ENTRY_CHECKSUM = 6;
  private static final int ENTRY_SLICES = 7;
  private static final int SHAPE_DIMENSION = 2;
  private static final int DIMENSION_SIZE = 1;

  private final Path index;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * Where a variable lies.
   *
   * @param type empty for what is no weight: step counters, strings
   */
  private record Entry(
      Optional<ElementType> type,
      List<Integer> shape,
      StoredFile shard,
      long offset,
      long size,
      int checksum) {}

  private TensorBundle(Path index) {
    this.index = index;
  }

  /**
   * Reads the index.
   *
   * @param prefix the files' common beginning, such as {@code bert_model.ckpt}
   * @throws FileException if a file is missing or the index contradicts the data
   */
  public static TensorBundle open(Path prefix) {
    Path index = prefix.resolveSibling(prefix.getFileName() + ".index");
    Map<String, ByteBuffer> table = SortedTable.read(index);
    // The header's key is empty.
    ByteBuffer headerBytes = table.remove("");
    if (headerBytes == null) {
      throw FileException.damaged(index, "the index has no header");
    }
    ProtoMessage header = ProtoMessage.parse(index, ByteString.copyFrom(headerBytes));
    if (header.number(HEADER_ENDIANNESS) != 0) {
      throw new UserException(
          index + ": the checkpoint is big-endian; save it anew on a little-endian machine");
    }
    TensorBundle bundle = new TensorBundle(index);
    table.forEach(
        (name, bytes) -> {
          ProtoMessage message = ProtoMessage.parse(index, ByteString.copyFrom(bytes));
          Entry entry = bundle.entry(name, message, prefix, header.number(HEADER_SHARDS));
          bundle.check(name, entry);
          bundle.entries.put(name, entry);
        });
    return bundle;
  }

  /** The variables that are float32, float16 or bfloat16, by their names in the file. */
  public Map<String, DeferredWeight> weights() {
    Map<String, DeferredWeight> weights = new LinkedHashMap<>();
    entries.forEach(
        (name, entry) ->
            entry.type.ifPresent(
                type ->
                    weights.put(
                        name,
                        new DeferredWeight(name, entry.shape, () -> values(name, entry, type)))));
    return weights;
  }

  private static FloatBuffer values(String name, Entry entry, ElementType type) {
    ByteBuffer data = entry.shard.read(entry.offset, entry.size, "variable " + name);
    if (MaskedCrc.of(data) != entry.checksum) {
      throw FileException.damaged(
          entry.shard.path(), "the checksum of variable " + name + " is wrong");
    }
    return type.floats(data);
  }

  private Entry entry(String name, ProtoMessage message, Path prefix, long shards) {
    if (!message.bytes(ENTRY_SLICES).isEmpty()) {
      throw new UserException(
          index + ": variable " + name + " is partitioned; save the checkpoint without partitions");
    }
    List<Integer> shape = new ArrayList<>();
    for (ProtoMessage dimension : message.message(ENTRY_SHAPE).messages(SHAPE_DIMENSION)) {
      long size = dimension.number(DIMENSION_SIZE);
      if (size < 0 || size > Integer.MAX_VALUE) {
        throw FileException.damaged(index, "variable " + name + " has a dimension of " + size);
      }
      shape.add((int) size);
    }
    Path shard =
        prefix.resolveSibling(
            String.format(
                Locale.ROOT,
                "%s.data-%05d-of-%05d",
                prefix.getFileName(),
                message.number(ENTRY_SHARD),
                shards));
    return new Entry(
        type(message.number(ENTRY_TYPE)),
        shape,
        StoredFile.of(shard),
        message.number(ENTRY_OFFSET),
        message.number(ENTRY_SIZE),
        message.fixed32(ENTRY_CHECKSUM));
  }

  private void check(String name, Entry entry) {
    long fileSize = entry.shard.bytes();
    boolean fits =
        entry
            .type
            .map(type -> type.bytes(entry.shape).orElse(-1) == entry.size)
            .orElse(entry.size >= 0);
    if (!fits || entry.offset < 0 || entry.offset > fileSize - entry.size) {
      throw FileException.damaged(
          index,
          "variable "
              + name
              + " of shape "
              + entry.shape
              + " cannot lie in "
              + entry.size
              + " bytes at "
              + entry.offset
              + " of a file of "
              + fileSize);
    }
  }

  /** By the numbers of TensorFlow's DataType. */
  private static Optional<ElementType> type(long number) {
    return switch ((int) number) {
      case 1 -> Optional.of(ElementType.F32);
      case 14 -> Optional.of(ElementType.BF16);
      case 19 -> Optional.of(ElementType.F16);
      default -> Optional.empty();
    };
  }
}
