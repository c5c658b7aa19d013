// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What numbers training multiplies. Weights, the optimizer, sums and losses are float32 whatever it
 * is.
 */
public enum Precision {
  /** 24 bits of a number count. */
  FLOAT32,
  /** 11 bits count, of numbers in float32's range; a format of GPUs. */
  TF32,
  /** 11 bits count, of numbers up to 65504. */
  FLOAT16,
  /** 8 bits count, of numbers in float32's range. */
  BFLOAT16;

  /**
   * Reads a name. SmallRye Config finds this method by its name.
   *
   * @throws IllegalArgumentException naming what is possible
   */
  public static Precision of(String text) {
    return Arrays.stream(values())
        .filter(precision -> precision.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be float32, bfloat16, float16 or tf32, not '" + text + "'"));
  }

  /**
   * Makes sure that it brings something.
   *
   * @throws UserException saying why not
   */
  public void requireUseful(ComputeDevice device) {
    objection(device)
        .ifPresent(
            reason -> {
              throw new UserException(
                  "precision '%s' cannot be used: %s; set precision: float32"
                      .formatted(this, reason));
            });
  }

  /** Why it is of no use with this machine's processor and this build; empty if it is of use. */
  public Optional<String> objection(ComputeDevice device) {
    Set<String> flags = CpuInfo.ofThisMachine().map(CpuInfo::flags).orElse(Set.of());
    return objection(device, flags, TensorFlowLine.COMPUTES_BFLOAT16);
  }

  /**
   * Why it is of no use; empty if it is.
   *
   * @param flags of the processor, as Linux gives them
   * @param line whether this line of TensorFlow computes bfloat16
   */
  Optional<String> objection(ComputeDevice device, Set<String> flags, boolean line) {
    if (this == FLOAT32) {
      return Optional.empty();
    }
    boolean cpu = device.equals(ComputeDevice.CPU);
    if (this != BFLOAT16 || !cpu) {
      return Optional.of(
          cpu
              ? "processors multiply it no faster than float32"
              : "on GPUs bertctl trains in float32 alone, which TensorFlow itself multiplies as TF32"
                  + " from compute capability 8.0");
    }
    if (!line) {
      return Optional.of(
          "TensorFlow %s does not multiply it faster than float32".formatted(TensorFlowLine.NAME));
    }
    boolean instructions =
        InstructionSet.newest(flags)
            .filter(newest -> newest.compareTo(InstructionSet.AVX512_BF16) >= 0)
            .isPresent();
    return instructions
        ? Optional.empty()
        : Optional.of(
            "this processor has no instructions for it (%s)"
                .formatted(
                    Arrays.stream(InstructionSet.values())
                        .filter(set -> set.compareTo(InstructionSet.AVX512_BF16) >= 0)
                        .map(InstructionSet::toString)
                        .collect(Collectors.joining(" or "))));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
