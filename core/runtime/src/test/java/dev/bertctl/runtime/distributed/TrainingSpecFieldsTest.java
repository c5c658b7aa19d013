// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.runtime.graph.Freeze;
import dev.bertctl.runtime.graph.OptimizerSpec;
import dev.bertctl.runtime.graph.ParameterGroups;
import dev.bertctl.runtime.graph.TrainingSpec;
import dev.bertctl.runtime.json.JsonFields;
import dev.bertctl.runtime.tensorflow.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingSpecFieldsTest {

  static Stream<TrainingSpec> specs() {
    ParameterGroups groups =
        new ParameterGroups(
            3e-5,
            0.01,
            0.9,
            Optional.of(1e-3),
            Freeze.of("2"),
            List.of(
                new ParameterGroups.Group("*.bias", Optional.of(1e-4), Optional.empty(), false),
                new ParameterGroups.Group("pooler.*", Optional.empty(), Optional.empty(), true)));
    return Stream.of(
        TrainingSpec.DEFAULT,
        TrainingSpec.DEFAULT.with(new OptimizerSpec.Sgd(0.9)).with(groups),
        TrainingSpec.DEFAULT
            .with(new OptimizerSpec.Adam(0.8, 0.99, 1e-6))
            .withLabelSmoothing(0.1)
            .withClassWeights(Map.of("a", 2.0))
            .withGradientCheckpointing()
            .with(Precision.BFLOAT16));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void isReadAsItWasWritten(TrainingSpec spec) {
    JsonNode written = new ObjectMapper().valueToTree(TrainingSpecFields.of(spec));
    assertEquals(spec, TrainingSpecFields.read(JsonFields.of(Path.of("training.json"), written)));
  }
}
