// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx.ops;

import dev.bertctl.runtime.onnx.model.Attribute;
import dev.bertctl.runtime.onnx.model.GraphBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Python's slices: {@code x[1:, -1, ..., None]}. */
final class StridedSliceRule implements OpRule {

  @Override
  public List<String> convert(TensorFlowNode node) {
    return List.of(new Slices(node).applied());
  }

  /** The entries between the brackets, and what they come to along each axis. */
  private static final class Slices {

    private final TensorFlowNode node;
    private final GraphBuilder onnx;
    private final long[] strides;
    private final List<String> begins = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();
    private final List<Long> axes = new ArrayList<>();
    private final List<Long> steps = new ArrayList<>();
    private final List<Long> dropped = new ArrayList<>();
    private final List<Long> added = new ArrayList<>();

    Slices(TensorFlowNode node) {
      this.node = node;
      this.onnx = node.onnx();
      this.strides = node.integers(3, "strides");
      long axis = 0;
      long outAxis = 0;
      for (int entry = 0; entry < strides.length; entry++) {
        if (has("new_axis_mask", entry)) {
          added.add(outAxis++);
        } else if (has("ellipsis_mask", entry)) {
          long passed = node.rank(0) - consumedElsewhere();
          axis += passed;
          outAxis += passed;
        } else if (has("shrink_axis_mask", entry)) {
          element(entry, axis);
          dropped.add(axis++);
        } else {
          range(entry, axis++);
          outAxis++;
        }
      }
    }

    private boolean has(String mask, int entry) {
      return (node.integer(mask) >> entry & 1) == 1;
    }

    private long consumedElsewhere() {
      long count = 0;
      for (int entry = 0; entry < strides.length; entry++) {
        if (!has("new_axis_mask", entry) && !has("ellipsis_mask", entry)) {
          count++;
        }
      }
      return count;
    }

    private void element(int entry, long axis) {
      String begin = bound(1, entry);
      begins.add(begin);
      // Behind -1 comes the end, not 0.
      ends.add(
          onnx.add(
              "Where",
              List.of(
                  onnx.add("Equal", List.of(begin, onnx.vector(-1))),
                  onnx.vector(Long.MAX_VALUE),
                  onnx.add("Add", List.of(begin, onnx.vector(1))))));
      axes.add(axis);
      steps.add(1L);
    }

    private void range(int entry, long axis) {
      boolean forward = strides[entry] > 0;
      begins.add(
          has("begin_mask", entry) ? onnx.vector(forward ? 0 : Long.MAX_VALUE) : bound(1, entry));
      ends.add(
          has("end_mask", entry)
              ? onnx.vector(forward ? Long.MAX_VALUE : -Long.MAX_VALUE)
              : bound(2, entry));
      axes.add(axis);
      steps.add(strides[entry]);
    }

    private String bound(int input, int entry) {
      return node.constant(input)
          .map(value -> onnx.vector(value.longs()[entry]))
          .orElseGet(
              () ->
                  onnx.add(
                      "Gather",
                      List.of(node.longs(input), onnx.vector(entry)),
                      Attribute.of("axis", 0)));
    }

    String applied() {
      String x = node.input(0);
      if (!axes.isEmpty()) {
        x =
            onnx.add(
                "Slice", List.of(x, joined(begins), joined(ends), vector(axes), vector(steps)));
      }
      if (!dropped.isEmpty()) {
        x = onnx.add("Squeeze", List.of(x, vector(dropped)));
      }
      return added.isEmpty() ? x : onnx.add("Unsqueeze", List.of(x, vector(added)));
    }

    private String joined(List<String> bounds) {
      return onnx.add("Concat", bounds, Attribute.of("axis", 0));
    }

    private String vector(List<Long> values) {
      return onnx.vector(values.stream().flatMapToLong(LongStream::of).toArray());
    }
  }
}
