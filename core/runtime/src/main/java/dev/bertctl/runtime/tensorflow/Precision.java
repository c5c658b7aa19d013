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

  /**
   * Whether the loss is multiplied by a {@linkplain dev.bertctl.runtime.graph.LossScale scale}
   * before it is differentiated.
   */
  public boolean scalesLoss() {
    return this == FLOAT16;
  }

  /** Why it is of no use with this machine's processor and this build; empty if it is of use. */
  public Optional<String> objection(ComputeDevice device) {
    if (device.equals(ComputeDevice.CPU)) {
      Set<String> flags = CpuInfo.ofThisMachine().map(CpuInfo::flags).orElse(Set.of());
      return onProcessor(flags, TensorFlowLine.COMPUTES_BFLOAT16);
    }
    return onGpu(
        NvidiaDriver.find()
            .map(NvidiaDriver::gpus)
            .filter(gpus -> device.gpu() < gpus.size())
            .map(gpus -> gpus.get(device.gpu())));
  }

  /**
   * Why it is of no use on a GPU; empty if it is.
   *
   * @param gpu as NVIDIA's driver describes it; empty if it does not
   */
  Optional<String> onGpu(Optional<NvidiaDriver.Gpu> gpu) {
    if (this == BFLOAT16) {
      return Optional.of("TensorFlow turns to it on processors alone; on GPUs float16 is as fast");
    }
    return gpu.filter(found -> !found.isAtLeast(fromCapability()))
        .map(
            found ->
                "%s has compute capability %s, and it is of use from %s"
                    .formatted(found.name(), found.computeCapability(), fromCapability()));
  }

  /** From which compute capability on GPUs multiply it faster than float32. */
  private String fromCapability() {
    return switch (this) {
      case TF32 -> "8.0";
      case FLOAT16 -> "7.0";
      case FLOAT32, BFLOAT16 -> "0.0";
    };
  }

  /**
   * Why it is of no use on a processor; empty if it is.
   *
   * @param flags of the processor, as Linux gives them
   * @param line whether this line of TensorFlow computes bfloat16
   */
  Optional<String> onProcessor(Set<String> flags, boolean line) {
    if (this == FLOAT32) {
      return Optional.empty();
    }
    if (this != BFLOAT16) {
      return Optional.of("processors multiply it no faster than float32");
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
