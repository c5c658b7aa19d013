// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.data.Split;
import dev.bertctl.core.data.SplitReading;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.runtime.packing.FeatureDraws;
import dev.bertctl.runtime.packing.FeatureList;
import dev.bertctl.runtime.training.TrainingStep;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The batch that a training diverged at, as a JSON file: each sequence as the model saw it, and
 * where in the data its example stands, so that it can be looked at and replayed.
 */
final class DivergedBatch {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private DivergedBatch() {}

  /**
   * Writes it beside the run's folder.
   *
   * @return the file
   */
  static <X extends Example> Path write(
      RunFolder folder, TaskSetup<X, ?> setup, TrainingData<X> data, TrainingStep step) {
    FeatureList features = data.training();
    FeatureDraws draws =
        new FeatureDraws(setup.task().packing(), setup.packer(), features, setup.seed());
    Map<Integer, String> places =
        places(
            setup,
            Arrays.stream(step.features())
                .map(features::example)
                .boxed()
                .collect(Collectors.toSet()));
    ObjectNode fields = MAPPER.createObjectNode();
    fields.put("task", setup.config().plugin().name());
    fields.put("step", step.number());
    fields.put("learning_rate", step.learningRate());
    fields.put("dropout_seed", step.dropoutSeed());
    ArrayNode batch = fields.putArray("features");
    int drawn = setup.config().settings().train().redraw() ? step.epoch() : 0;
    for (int index : step.features()) {
      ObjectNode feature = batch.addObject();
      feature.put("place", places.get(features.example(index)));
      add(feature, draws.draw(index, drawn), setup);
    }
    Path file =
        folder
            .root()
            .resolveSibling(
                "%s.diverged-step-%d.json".formatted(folder.root().getFileName(), step.number()));
    JsonFile.write(file, fields);
    return file;
  }

  private static void add(ObjectNode fields, Feature feature, TaskSetup<?, ?> setup) {
    ArrayNode sequences = fields.putArray("sequences");
    for (Sequence sequence : feature.sequences()) {
      ObjectNode one = sequences.addObject();
      ArrayNode tokens = one.putArray("tokens");
      ArrayNode ids = one.putArray("ids");
      ArrayNode segments = one.putArray("segments");
      for (int i = 0; i < sequence.length(); i++) {
        tokens.add(setup.packer().vocabulary().token(sequence.ids()[i]));
        ids.add(sequence.ids()[i]);
        segments.add(sequence.segments()[i]);
      }
    }
    fields.set("targets", MAPPER.valueToTree(feature.targets()));
  }

  /** Where examples stand, by their numbers; the data are read once more for it. */
  private static <X extends Example> Map<Integer, String> places(
      TaskSetup<X, ?> setup, Set<Integer> examples) {
    Map<Integer, String> places = new HashMap<>();
    Split<X> split = setup.split(SplitName.TRAIN, Purpose.TRAINING);
    try (SplitReading<X> reading = split.open()) {
      for (int i = 0; reading.hasNext() && places.size() < examples.size(); i++) {
        X example = reading.next();
        if (examples.contains(i)) {
          places.put(i, example.location().toString());
        }
      }
    }
    return places;
  }
}
