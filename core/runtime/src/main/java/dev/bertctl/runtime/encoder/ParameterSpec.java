// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import dev.bertctl.spi.head.HeadGraph.Initializer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The name, shape and initializer of a trained parameter.
 *
 * @param name Hugging Face parameter name without {@code bert.}
 * @param shape its dimensions; dense kernels are [out,in]
 * @param initializer its initial values where a checkpoint has none
 * @param fanIn inputs of the dense layer that it belongs to; empty if it belongs to none
 */
public record ParameterSpec(
    String name, List<Integer> shape, Initializer initializer, OptionalInt fanIn) {

  /** Copies the shape. */
  public ParameterSpec {
    shape = List.copyOf(shape);
  }

  /** A parameter that is not a dense layer's. */
  public static ParameterSpec of(String name, List<Integer> shape, Initializer initializer) {
    return new ParameterSpec(name, shape, initializer, OptionalInt.empty());
  }

  /** A dense layer's kernel [out,in] and bias [out]. */
  public static List<ParameterSpec> dense(String name, int in, int out) {
    return List.of(
        kernel(name + ".weight", in, out),
        new ParameterSpec(name + ".bias", List.of(out), Initializer.ZEROS, OptionalInt.of(in)));
  }

  /** A dense layer's kernel [out,in] alone. */
  static ParameterSpec kernel(String name, int in, int out) {
    return new ParameterSpec(name, List.of(out, in), Initializer.NORMAL, OptionalInt.of(in));
  }

  /** A LayerNorm's scale and shift, both [size]. */
  public static List<ParameterSpec> layerNorm(String name, int size) {
    return List.of(
        of(name + ".weight", List.of(size), Initializer.ONES),
        of(name + ".bias", List.of(size), Initializer.ZEROS));
  }

  /** The shapes by name, in the given order. */
  public static Map<String, List<Integer>> shapes(Collection<ParameterSpec> specs) {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    specs.forEach(spec -> shapes.put(spec.name(), spec.shape()));
    return shapes;
  }

  /** Number of values. */
  public long size() {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  /** Dimensions as TensorFlow takes them. */
  public long[] dimensions() {
    return shape.stream().mapToLong(Integer::longValue).toArray();
  }

  /** Weight decay is for matrices: biases and LayerNorms take none (BERT's own optimizer). */
  public boolean decays() {
    return shape.size() > 1;
  }
}
