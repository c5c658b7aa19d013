// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import dev.bertctl.spi.packing.Feature;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A batch as bytes, for another process of the same run: the form is not for keeping. */
public final class BatchCodec {

  private BatchCodec() {}

  /** Writes the features of a batch. */
  public static void write(Batch batch, DataOutput out) throws IOException {
    out.writeInt(batch.size());
    for (Feature feature : batch.features()) {
      byte[] bytes = FeatureCodec.encode(feature);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param padId fills padding
   */
  public static Batch read(DataInput in, int padId) throws IOException {
    int count = in.readInt();
    List<Feature> features = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[in.readInt()];
      in.readFully(bytes);
      features.add(FeatureCodec.decode(bytes));
    }
    return Batch.of(features, padId);
  }
}
