// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to compute.
 *
 * @param kind which kind of device
 * @param index which of several GPUs, from 0; 0 for the other kinds
 * @param percent of a GPU's memory that is used at most, from 1 to 100
 */
public record Device(Kind kind, int index, int percent) {

  private static final Pattern GPU = Pattern.compile("gpu(?::(\\d{1,3})(?::([1-9]\\d?|100)%)?)?");

  /**
   * Reads {@code auto}, {@code cpu}, {@code gpu}, {@code gpu:N} or {@code gpu:N:P%}. SmallRye
   * Config finds this method by its name.
   *
   * @throws IllegalArgumentException naming what is possible
   */
  public static Device of(String text) {
    Matcher gpu = GPU.matcher(text);
    if (gpu.matches()) {
      return new Device(Kind.GPU, number(gpu.group(1), 0), number(gpu.group(2), 100));
    }
    return switch (text) {
      case "auto" -> new Device(Kind.AUTO, 0, 100);
      case "cpu" -> new Device(Kind.CPU, 0, 100);
      default ->
          throw new IllegalArgumentException(
              "must be auto, cpu, gpu, gpu:N with N from 0, or gpu:N:P% of its memory, not '"
                  + text
                  + "'");
    };
  }

  private static int number(String digits, int otherwise) {
    return digits == null ? otherwise : Integer.parseInt(digits);
  }

  @Override
  public String toString() {
    return switch (kind) {
      case AUTO -> "auto";
      case CPU -> "cpu";
      case GPU -> "gpu:" + index + (percent < 100 ? ":%d%%".formatted(percent) : "");
    };
  }

  /** Kinds of devices. */
  public enum Kind {
    /** The first GPU if one can be used, else the CPU. */
    AUTO,
    /** The CPU. */
    CPU,
    /** A CUDA GPU, or nothing. */
    GPU
  }
}
