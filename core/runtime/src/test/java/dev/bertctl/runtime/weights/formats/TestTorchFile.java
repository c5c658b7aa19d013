// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import dev.bertctl.runtime.weights.Weight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** Writes a state dict as torch.save does since PyTorch 1.6. */
public final class TestTorchFile {

  private TestTorchFile() {}

  /** Writes float32 weights under their own names. */
  public static void write(Path file, Collection<? extends Weight> weights) throws IOException {
    TestPickle pickle = new TestPickle().ops("}(");
    TestZip zip = new TestZip();
    int key = 0;
    for (Weight weight : weights) {
      FloatBuffer values = weight.values();
      String name = Integer.toString(key++);
      pickle
          .text(weight.name())
          .tensor(name, values.remaining(), 0, weight.shape(), strides(weight.shape()));
      zip.add("archive/data/" + name, bytes(values));
    }
    zip.add("archive/data.pkl", pickle.op('u').end());
    Files.write(file, zip.end());
  }

  private static List<Integer> strides(List<Integer> shape) {
    List<Integer> strides = new ArrayList<>();
    int stride = 1;
    for (int i = shape.size() - 1; i >= 0; i--) {
      strides.add(stride);
      stride *= shape.get(i);
    }
    Collections.reverse(strides);
    return strides;
  }

  private static byte[] bytes(FloatBuffer values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values.duplicate());
    return bytes.array();
  }
}
