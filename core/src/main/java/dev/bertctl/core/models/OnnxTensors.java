// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.weights.DeferredWeight;
import dev.bertctl.runtime.weights.ElementType;
import dev.bertctl.runtime.weights.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The numbers of an ONNX model's tensors: in the model's file, or in one beside it that the tensor
 * names. What a tensor says of its place is checked before anything is read there.
 */
final class OnnxTensors {

  /** Keys of what a tensor says of its place. */
  static final String LOCATION = "location";

  static final String OFFSET = "offset";
  static final String LENGTH = "length";

  private final Path file;
  private final Map<String, StoredFile> files = new HashMap<>();

  /**
   * @param file the model
   */
  OnnxTensors(Path file) {
    this.file = file;
    // What is read of it later is of the file that the graph is read from.
    files.put(file.getFileName().toString(), StoredFile.of(file));
  }

  /** Where the numbers of a tensor are. */
  private record Place(StoredFile file, long begin, long length) {

    boolean overlaps(Place next) {
      return file == next.file
          && next.begin < begin + length
          && !(begin == next.begin && length == next.length);
    }
  }

  /**
   * Makes sure that no tensor takes a part of another's numbers: all of them it may, as tied
   * weights do.
   */
  void requireApart(List<TensorProto> tensors) {
    List<Place> places =
        tensors.stream()
            .filter(OnnxTensors::isStored)
            .map(this::place)
            .sorted(
                Comparator.comparing((Place place) -> place.file.path())
                    .thenComparing(Place::begin)
                    .thenComparing(Place::length))
            .toList();
    for (int i = 1; i < places.size(); i++) {
      if (places.get(i - 1).overlaps(places.get(i))) {
        throw FileException.damaged(
            places.get(i).file.path(),
            "two weights share a part of their numbers, from byte " + places.get(i).begin);
      }
    }
  }

  /** A tensor as a weight, read when it is used. */
  DeferredWeight weight(TensorProto tensor) {
    List<Integer> shape = shape(tensor);
    ElementType type =
        floatType(tensor)
            .orElseThrow(
                () ->
                    new UserException(
                        "%s: weight %s is not stored in float32, float16 or bfloat16; export the model again without quantization"
                            .formatted(file, tensor.getName())));
    if (isStored(tensor)) {
      requireLength(tensor, type, place(tensor).length);
      return new DeferredWeight(tensor.getName(), shape, () -> type.floats(bytes(tensor)));
    }
    if (tensor.getFloatDataCount() > 0) {
      requireLength(tensor, ElementType.F32, (long) tensor.getFloatDataCount() * Float.BYTES);
      return new DeferredWeight(tensor.getName(), shape, () -> listed(tensor));
    }
    requireLength(tensor, type, tensor.getRawData().size());
    return new DeferredWeight(tensor.getName(), shape, () -> type.floats(bytes(tensor)));
  }

  private void requireLength(TensorProto tensor, ElementType type, long stored) {
    if (type.bytes(shape(tensor)).orElse(-1) != stored) {
      throw FileException.damaged(
          file,
          "weight %s of shape %s and type %s has %d bytes"
              .formatted(tensor.getName(), shape(tensor), type, stored));
    }
  }

  private static FloatBuffer listed(TensorProto tensor) {
    FloatBuffer values = FloatBuffer.allocate(tensor.getFloatDataCount());
    tensor.getFloatDataList().forEach(values::put);
    return values.flip();
  }

  /** The numbers of a tensor as they are stored, little-endian; none if they are listed. */
  ByteBuffer bytes(TensorProto tensor) {
    if (!isStored(tensor)) {
      return tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
    Place place = place(tensor);
    return place.file.read(place.begin, place.length, "weight " + tensor.getName());
  }

  private static boolean isStored(TensorProto tensor) {
    return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
  }

  private Place place(TensorProto tensor) {
    StoredFile stored =
        files.computeIfAbsent(
            said(tensor, LOCATION).orElse(""), location -> beside(tensor, location));
    long begin = said(tensor, OFFSET).map(offset -> number(tensor, OFFSET, offset)).orElse(0L);
    long length =
        said(tensor, LENGTH)
            .map(said -> number(tensor, LENGTH, said))
            .orElse(Math.max(0, stored.bytes() - begin));
    // The sum of two large numbers could be a small one.
    if (begin > stored.bytes() || length > stored.bytes() - begin) {
      throw FileException.damaged(
          stored.path(),
          "weight %s is said to take %d bytes from byte %d on, and the file has %d"
              .formatted(tensor.getName(), length, begin, stored.bytes()));
    }
    return new Place(stored, begin, length);
  }

  /** A file in the model's folder; a path or a link could lead to files that are none of it. */
  private StoredFile beside(TensorProto tensor, String location) {
    if (location.isEmpty() || location.matches("\\.{1,2}|(?s).*[/\\\\:\\x00].*")) {
      throw new UserException(
          "%s: weight %s is said to be in '%s', which is no name of a file beside it; export the model again"
              .formatted(file, tensor.getName(), location));
    }
    Path stored = file.resolveSibling(location);
    if (!Files.isRegularFile(stored)) {
      throw new UserException(
          "%s: its weights are in '%s', which is not there; copy it to the same folder"
              .formatted(file, location));
    }
    try {
      if (!stored.toRealPath().getParent().equals(file.toAbsolutePath().getParent().toRealPath())) {
        throw new UserException(
            "%s: is a link to a file of another folder; copy the file itself there"
                .formatted(stored));
      }
    } catch (IOException e) {
      throw FileException.reading(stored, e);
    }
    return StoredFile.of(stored);
  }

  private static Optional<String> said(TensorProto tensor, String key) {
    return tensor.getExternalDataList().stream()
        .filter(entry -> entry.getKey().equals(key))
        .map(StringStringEntryProto::getValue)
        .findFirst();
  }

  private long number(TensorProto tensor, String key, String value) {
    if (!value.matches("[0-9]{1,18}")) {
      throw FileException.damaged(
          file, "weight %s has the %s '%s'".formatted(tensor.getName(), key, value));
    }
    return Long.parseLong(value);
  }

  private List<Integer> shape(TensorProto tensor) {
    return tensor.getDimsList().stream().map(this::dimension).toList();
  }

  private int dimension(long size) {
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw FileException.damaged(file, "a weight has a dimension of " + size);
    }
    return (int) size;
  }

  private static Optional<ElementType> floatType(TensorProto tensor) {
    return Optional.ofNullable(TensorProto.DataType.forNumber(tensor.getDataType()))
        .flatMap(
            type ->
                switch (type) {
                  case FLOAT -> Optional.of(ElementType.F32);
                  case FLOAT16 -> Optional.of(ElementType.F16);
                  case BFLOAT16 -> Optional.of(ElementType.BF16);
                  default -> Optional.empty();
                });
  }
}
