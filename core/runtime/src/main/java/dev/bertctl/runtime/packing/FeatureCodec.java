// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A feature as bytes, for the time of a run: the form is not for keeping. */
final class FeatureCodec {

  private FeatureCodec() {}

  static byte[] encode(Feature feature) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(feature.sequences().size());
      for (Sequence sequence : feature.sequences()) {
        write(sequence, out);
      }
      write(feature.positions(), out);
      out.writeInt(feature.targets().size());
      for (Map.Entry<String, Target> target : feature.targets().entrySet()) {
        out.writeUTF(target.getKey());
        write(target.getValue(), out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(Sequence sequence, DataOutputStream out) throws IOException {
    write(sequence.ids(), out);
    write(sequence.segments(), out);
    out.writeInt(sequence.texts().size());
    for (Pieces text : sequence.texts()) {
      write(text.ids(), out);
      write(text.starts(), out);
      write(text.ends(), out);
    }
    write(sequence.cut().stream().mapToInt(Integer::intValue).toArray(), out);
  }

  private static void write(Target target, DataOutputStream out) throws IOException {
    boolean integers = target instanceof Target.Ints;
    out.writeBoolean(integers);
    if (target instanceof Target.Ints ints) {
      write(ints.values(), out);
    } else if (target instanceof Target.Floats floats) {
      out.writeInt(floats.values().length);
      for (float value : floats.values()) {
        out.writeFloat(value);
      }
    }
  }

  private static void write(int[] values, DataOutputStream out) throws IOException {
    out.writeInt(values.length);
    for (int value : values) {
      out.writeInt(value);
    }
  }

  static Feature decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int count = in.readInt();
      List<Sequence> sequences = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        sequences.add(sequence(in));
      }
      int[] positions = ints(in);
      Map<String, Target> targets = new LinkedHashMap<>();
      int named = in.readInt();
      for (int i = 0; i < named; i++) {
        targets.put(in.readUTF(), target(in));
      }
      return new Feature(sequences, positions, targets);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Sequence sequence(DataInputStream in) throws IOException {
    int[] ids = ints(in);
    int[] segments = ints(in);
    int count = in.readInt();
    List<Pieces> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(new Pieces(ints(in), ints(in), ints(in)));
    }
    List<Integer> cut = new ArrayList<>(count);
    for (int lost : ints(in)) {
      cut.add(lost);
    }
    return new Sequence(ids, segments, texts, cut);
  }

  private static Target target(DataInputStream in) throws IOException {
    if (in.readBoolean()) {
      return Target.of(ints(in));
    }
    float[] values = new float[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readFloat();
    }
    return Target.of(values);
  }

  private static int[] ints(DataInputStream in) throws IOException {
    int[] values = new int[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readInt();
    }
    return values;
  }
}
