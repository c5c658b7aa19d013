// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.encoder.ParameterSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Estimates against the peak that a process of its own reaches, for architectures of minilm-l6,
 * bge-small-en and BERT base. Needs 6 GiB of memory; prints a line a case.
 */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class MeasuredMemoryTest {

  private static final double TOLERANCE = 0.3;

  @ParameterizedTest
  @CsvSource({
    "6, 384, 16, 128, false",
    "6, 384, 16, 128, true",
    "6, 384, 4, 256, false",
    "6, 384, 4, 256, true",
    "6, 384, 64, 64, false",
    "6, 384, 64, 64, true",
    "12, 384, 16, 128, false",
    "12, 384, 16, 128, true",
    "12, 384, 4, 512, false",
    "12, 384, 4, 512, true",
    "12, 768, 16, 128, false",
    "12, 768, 16, 128, true",
    "12, 768, 4, 512, false",
    "12, 768, 4, 512, true",
  })
  void estimateIsNearThePeak(
      int layers, int hidden, int sequences, int tokens, boolean checkpointing) throws IOException {
    JsonNode measured = measure(layers, hidden, sequences, tokens, checkpointing);
    BertConfig config = MemoryProbe.config(layers, hidden);
    long parameters = parameters(config);
    MemoryEstimate estimate =
        MemoryEstimate.of(
            new TrainingLoad(config, parameters, parameters, 2, false, checkpointing, -1),
            new BatchShape(sequences, tokens, 0));
    long peak = measured.get("bytes").asLong();
    System.out.printf(
        Locale.ROOT,
        "%d x %d, %d x %d, checkpointing %s: estimate %s, measured %s (%+.0f %%), step %.2f s%n",
        layers,
        hidden,
        sequences,
        tokens,
        checkpointing,
        new ByteCount(estimate.total()),
        new ByteCount(peak),
        100.0 * (estimate.total() - peak) / peak,
        measured.get("seconds").asDouble());
    assertEquals(peak, estimate.total(), TOLERANCE * peak, estimate.toString());
  }

  /** Of encoder, pooler and a classifier of three labels. */
  private static long parameters(BertConfig config) {
    return BertParameters.encoder(config).stream().mapToLong(ParameterSpec::size).sum()
        + BertParameters.pooler(config).stream().mapToLong(ParameterSpec::size).sum()
        + 3L * (config.hiddenSize() + 1);
  }

  private static JsonNode measure(Object... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // The heap is in memory from the beginning, and so no part of what grows.
                "-Xms512m",
                "-Xmx512m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryProbe.class.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(Map.of("TF_ENABLE_ONEDNN_OPTS", "1", "TF_CPP_MIN_LOG_LEVEL", "2"));
    Process process = builder.start();
    return new ObjectMapper().readTree(process.getInputStream());
  }
}
