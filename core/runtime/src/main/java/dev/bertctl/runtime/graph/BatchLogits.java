// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.tensorflow.SessionRun;
import dev.bertctl.spi.decode.Logits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes a batch's logits apart, one feature each, and removes the padding. */
final class BatchLogits {

  private BatchLogits() {}

  /** [B,L], [B,T,L] or, where the batch has choices, [B,C]. */
  static List<Logits> split(SessionRun run, int index, Batch batch) {
    float[] values = run.floats(index);
    long[] shape = run.tensor(index).shape().asArray();
    int size = values.length / batch.size();
    List<Logits> logits = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      int from = i * size;
      if (shape.length == 3) {
        int tokens = batch.features().get(i).sequence().length();
        int columns = (int) shape[2];
        float[] kept = Arrays.copyOfRange(values, from, from + tokens * columns);
        logits.add(new Logits(kept, tokens, columns));
      } else if (batch.choices() > 1) {
        int choices = batch.features().get(i).sequences().size();
        logits.add(new Logits(Arrays.copyOfRange(values, from, from + choices), choices, 1));
      } else {
        logits.add(new Logits(Arrays.copyOfRange(values, from, from + size), 1, size));
      }
    }
    return logits;
  }
}
