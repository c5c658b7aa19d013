// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.TinyTask;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.ParameterSpec;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.ModelWeights;
import dev.bertctl.runtime.graph.NewWeights;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.runtime.packing.FeatureView;
import dev.bertctl.runtime.packing.SequencePacker;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tokenize.Tokenizer;
import dev.bertctl.runtime.tokenize.TokenizerFiles;
import dev.bertctl.runtime.tokenize.Tokenizers;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.head.ChoiceHead;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph.Initializer;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Truncation;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * A saved model in golden/saved-model, with inputs and the logits that transformers computes of
 * them.
 *
 * @param name of its folder
 * @param head its head
 */
record GoldenFineTunedModel(String name, Head head) {

  private static final int EXAMPLES = 12;

  Path folder() {
    try {
      return Path.of(getClass().getResource("/golden/saved-model/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  Path model() {
    return folder().resolve("model");
  }

  List<JsonNode> expected() {
    return TinyRun.read(folder().resolve("logits.jsonl"));
  }

  /** The features of inputs.json. */
  List<Feature> features() {
    List<Feature> features = new ArrayList<>();
    for (JsonNode example : JsonFile.read(folder().resolve("inputs.json")).get("examples")) {
      for (JsonNode feature : example.get("features")) {
        features.add(
            Feature.of(
                StreamSupport.stream(feature.get("sequences").spliterator(), false)
                    .map(GoldenFineTunedModel::sequence)
                    .toList(),
                Target.NONE));
      }
    }
    return features;
  }

  private static Sequence sequence(JsonNode fields) {
    return new Sequence(
        ints(fields.get("ids")), ints(fields.get("segments")), List.of(), List.of());
  }

  private static int[] ints(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }

  /** Loads the model, all of whose weights must be there. */
  BertModel open() {
    PretrainedModel files = TinyRun.STORE.open(model().toString(), Path.of(""));
    BertModel model = build(files);
    assertEquals(List.of(), ModelWeights.load(model, head, files, 0).initialized());
    return model;
  }

  /** Saves the model anew as it was read. */
  void writeAgain(Path target) {
    PretrainedModel files = TinyRun.STORE.open(model().toString(), Path.of(""));
    TaskConfig<?> config = FineTunedModel.open(model()).config(TinyTask.classifier(), List.of());
    try (BertModel model = open()) {
      FineTunedModel.write(
          target,
          config,
          head,
          files.config(),
          model,
          base(files),
          TokenizerFiles.of(files.directory()));
    }
  }

  /**
   * Makes the model, with random weights.
   *
   * @param target where its folder goes
   * @param scratch an empty folder
   */
  void make(Path target, Path scratch, BertConfig architecture, List<String> vocabulary)
      throws IOException {
    Path files = TinyBert.write(scratch, architecture, vocabulary);
    PretrainedModel tiny = TinyRun.STORE.open(files.toString(), Path.of(""));
    NewWeights random = new NewWeights(7, 0.3);
    try (BertModel model = build(tiny)) {
      for (String parameter : ModelWeights.load(model, head, tiny, 7).initialized()) {
        ParameterSpec spec =
            ParameterSpec.of(parameter, model.values().shape(parameter), Initializer.NORMAL);
        model.values().assign(parameter, random.draw(spec).values());
      }
      Path folder = Files.createDirectories(target.resolve(name).resolve("model"));
      FineTunedModel.write(
          folder,
          configuration(),
          head,
          architecture,
          model,
          base(tiny),
          TokenizerFiles.of(tiny.directory()));
    }
  }

  /** Makes inputs.json of random words: what {@code bertctl pack --json} prints. */
  void makeInputs(Path target) {
    try (Tokenizer tokenizer = Tokenizers.open(target.resolve(name).resolve("model"))) {
      SequencePacker packer = new SequencePacker(tokenizer, 16, 2);
      FeatureView preview = new FeatureView(packer.vocabulary(), head);
      Random random = new Random(11);
      List<Object> examples = new ArrayList<>();
      for (int i = 1; i <= EXAMPLES; i++) {
        LabelledText example =
            new LabelledText(
                new Location("inputs", i), Map.of(), "", Optional.empty(), OptionalInt.empty());
        examples.add(preview.fields(example, List.of(feature(packer, random))));
      }
      JsonFile.write(target.resolve(name).resolve("inputs.json"), Map.of("examples", examples));
    }
  }

  /** Two to four choices, or one sequence. */
  private Feature feature(SequencePacker packer, Random random) {
    int sequences = head instanceof ChoiceHead ? 2 + random.nextInt(3) : 1;
    return Feature.of(
        IntStream.range(0, sequences)
            .mapToObj(
                choice ->
                    packer.pair(
                        packer.tokenize(TinyRun.text(random)),
                        packer.tokenize(TinyRun.text(random)),
                        Truncation.LONGEST_FIRST))
            .toList(),
        Target.NONE);
  }

  private TaskConfig<TinyTask.Options> configuration() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("model", "tiny-bert");
    values.put("device", "cpu");
    if (!head.labels().isEmpty()) {
      values.put("labels", String.join(",", head.labels()));
    }
    values.put("data.columns.first", "premise");
    values.put("data.columns.second", "hypothesis");
    return AppConfig.of(values, "the test", TinyTask.classifier(), List.of());
  }

  private BertModel build(PretrainedModel files) {
    try (Tokenizer tokenizer = Tokenizers.open(files.directory())) {
      return BertModel.create(
          "tiny",
          files.config(),
          head,
          tokenizer.vocabulary(),
          Optional.empty(),
          ComputeDevice.CPU);
    }
  }

  /** The same model under a name that is the same on every machine. */
  private static PretrainedModel base(PretrainedModel model) {
    return new PretrainedModel("tiny-bert", model.directory(), model.config(), model.weights());
  }

  @Override
  public String toString() {
    return name;
  }
}
