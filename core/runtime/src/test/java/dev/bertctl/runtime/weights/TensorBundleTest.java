// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat16;

/** Checkpoints are written by TensorFlow's own save op. */
class TensorBundleTest {

  private static final String AGAIN = "; the file is damaged or incomplete: fetch or copy it again";

  @TempDir private Path folder;
  private Path prefix;
  private Path index;
  private Path data;

  @BeforeEach
  void save() {
    prefix = folder.resolve("bert_model.ckpt");
    index = folder.resolve("bert_model.ckpt.index");
    data = folder.resolve("bert_model.ckpt.data-00000-of-00001");
    TestCheckpoint.write(
        prefix,
        tf -> {
          Map<String, Operand<?>> variables = new LinkedHashMap<>();
          variables.put("dense/kernel", tf.constant(new float[][] {{1, 2, 3}, {4, 5, 6}}));
          variables.put(
              "dense/half", tf.dtypes.cast(tf.constant(new float[] {0.5f, -2}), TFloat16.class));
          variables.put(
              "dense/brain", tf.dtypes.cast(tf.constant(new float[] {1.5f}), TBfloat16.class));
          variables.put("step", tf.constant(7L));
          return variables;
        });
  }

  @Test
  void readsWhatTensorFlowWrote() {
    Map<String, DeferredWeight> weights = TensorBundle.open(prefix).weights();
    assertEquals(
        List.of("dense/brain", "dense/half", "dense/kernel"), List.copyOf(weights.keySet()));
    assertEquals(List.of(2, 3), weights.get("dense/kernel").shape());
    assertEquals(floats(1, 2, 3, 4, 5, 6), weights.get("dense/kernel").values());
    assertEquals(floats(0.5f, -2), weights.get("dense/half").values());
    assertEquals(floats(1.5f), weights.get("dense/brain").values());
  }

  @Test
  void kernelsAreTransposed() {
    Weight kernel =
        CheckpointNames.canonical(TensorBundle.open(prefix).weights()).get("dense.weight");
    assertEquals(List.of(3, 2), kernel.shape());
    assertEquals(floats(1, 4, 2, 5, 3, 6), kernel.values());
  }

  @Test
  void wrongValuesAreNoticed() throws IOException {
    byte[] bytes = Files.readAllBytes(data);
    bytes[3] ^= 1;
    Files.write(data, bytes);
    Map<String, DeferredWeight> weights = TensorBundle.open(prefix).weights();
    UserException error =
        assertThrows(UserException.class, () -> weights.values().forEach(DeferredWeight::values));
    assertEquals(
        data + ": the checksum of variable dense/kernel is wrong" + AGAIN, error.getMessage());
  }

  @Test
  void truncatedDataAreAnError() throws IOException {
    truncate(data, 20);
    UserException error = assertThrows(UserException.class, () -> TensorBundle.open(prefix));
    assertEquals(
        index
            + ": variable dense/brain of shape [1] cannot lie in 2 bytes at 28 of a file of 20"
            + AGAIN,
        error.getMessage());
  }

  @Test
  void missingDataAreAnError() throws IOException {
    Files.delete(data);
    UserException error = assertThrows(UserException.class, () -> TensorBundle.open(prefix));
    assertEquals("cannot read " + data + ": no such file", error.getMessage());
  }

  @Test
  void aTruncatedIndexIsAnError() throws IOException {
    truncate(index, 40);
    UserException error = assertThrows(UserException.class, () -> TensorBundle.open(prefix));
    assertEquals(index + ": no checkpoint index is 40 bytes long" + AGAIN, error.getMessage());
  }

  @Test
  void anIndexWithoutItsEndIsAnError() throws IOException {
    truncate(index, Files.size(index) - 1);
    UserException error = assertThrows(UserException.class, () -> TensorBundle.open(prefix));
    assertEquals(
        index + ": it does not end as a checkpoint index does" + AGAIN, error.getMessage());
  }

  /** Whatever a broken disk makes of an index, the only failure is a message for the user. */
  @Test
  void noDamageToTheIndexIsMoreThanAnError() throws IOException {
    byte[] whole = Files.readAllBytes(index);
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] = (byte) random.nextInt(256);
      Files.write(index, damaged);
      try {
        TensorBundle.open(prefix);
      } catch (UserException expected) {
        assertTrue(expected.getMessage().contains("bert_model.ckpt"));
      }
    }
  }

  private static void truncate(Path file, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  private static FloatBuffer floats(float... values) {
    return FloatBuffer.wrap(values);
  }
}
