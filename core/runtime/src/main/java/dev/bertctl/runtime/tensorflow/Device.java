// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to compute.
 *
 * @param kind which kind of device
 * @param index which of several GPUs, from 0; 0 for the other kinds
 */
public record Device(Kind kind, int index) {

  private static final Pattern GPU = Pattern.compile("gpu(?::(\\d{1,3}))?");

  /**
   * Reads {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}. SmallRye Config finds this
   * method by its name.
   *
   * @throws IllegalArgumentException naming what is possible
   */
  public static Device of(String text) {
    Matcher gpu = GPU.matcher(text);
    if (gpu.matches()) {
      return new Device(Kind.GPU, gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1)));
    }
    return switch (text) {
      case "auto" -> new Device(Kind.AUTO, 0);
      case "cpu" -> new Device(Kind.CPU, 0);
      default ->
          throw new IllegalArgumentException(
              "must be auto, cpu, gpu or gpu:N with N from 0, not '" + text + "'");
    };
  }

  @Override
  public String toString() {
    return switch (kind) {
      case AUTO -> "auto";
      case CPU -> "cpu";
      case GPU -> "gpu:" + index;
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
