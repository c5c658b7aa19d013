// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A safetensors file (<a href="https://github.com/huggingface/safetensors">format</a>). The header
 * is read and checked at once, the data tensor by tensor when they are used, so files may be of any
 * size.
 */
public final class SafetensorsFile {

  private final StoredFile stored;
  private final SafetensorsHeader header;

  private SafetensorsFile(StoredFile stored, SafetensorsHeader header) {
    this.stored = stored;
    this.header = header;
  }

  /**
   * Reads the header.
   *
   * @throws FileException if the file cannot be read or its header does not describe its data
   */
  public static SafetensorsFile open(Path file) {
    StoredFile stored = StoredFile.of(file);
    try (FileChannel channel = FileChannel.open(file)) {
      return new SafetensorsFile(stored, SafetensorsHeader.read(file, channel));
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
  }

  /** Writes float32 weights under their own names; an existing file is replaced at the end. */
  public static void write(Path file, Collection<? extends Weight> weights) {
    SafetensorsWriter.write(file, weights);
  }

  /** Names of the tensors, in the file's order. */
  public Set<String> names() {
    return header.entries().keySet();
  }

  /** The type in which a tensor is stored. */
  public ElementType type(String name) {
    return entry(name).type();
  }

  /** Dimensions of a tensor. */
  public List<Integer> shape(String name) {
    return entry(name).shape();
  }

  /** The stored bytes of a tensor, little-endian. */
  public ByteBuffer bytes(String name) {
    SafetensorsHeader.Entry entry = entry(name);
    long length = entry.end() - entry.begin();
    return stored.read(header.dataStart() + entry.begin(), length, "weight " + name);
  }

  /**
   * A tensor as float32, converted from float16 and bfloat16.
   *
   * @throws UserException if it is stored in any other type
   */
  public DeferredWeight weight(String name) {
    SafetensorsHeader.Entry entry = entry(name);
    if (!entry.type().isWeight()) {
      throw new UserException(
          stored.path()
              + ": weight "
              + name
              + " is stored as "
              + entry.type()
              + "; bertctl reads F32, F16 and BF16: save the model in one of them");
    }
    return new DeferredWeight(name, entry.shape(), () -> entry.type().floats(bytes(name)));
  }

  /** All tensors as float32, by their names in the file. */
  public Map<String, Weight> weights() {
    Map<String, Weight> weights = new LinkedHashMap<>();
    names().forEach(name -> weights.put(name, weight(name)));
    return weights;
  }

  private SafetensorsHeader.Entry entry(String name) {
    SafetensorsHeader.Entry entry = header.entries().get(name);
    if (entry == null) {
      throw new IllegalArgumentException("no tensor " + name + " in " + stored.path());
    }
    return entry;
  }
}
