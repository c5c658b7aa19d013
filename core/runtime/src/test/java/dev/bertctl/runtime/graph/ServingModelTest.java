// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.tensorflow.line.TestRuns;
import dev.bertctl.runtime.tokenize.TokenList;
import dev.bertctl.runtime.weights.WeightTensor;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.ChoiceHead;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.SpanHead;
import dev.bertctl.spi.head.TaggerHead;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TInt32;

/** What TensorFlow's own loader makes of an exported model. */
class ServingModelTest {

  private static final int TOKENS = 9;

  @TempDir Path folder;

  @Test
  void aClassifierGivesARowAFeature() throws IOException {
    check(new ClassifierHead(List.of("no", "maybe", "yes")), 1, Shape.of(3, 3));
  }

  @Test
  void aTaggerGivesARowAToken() throws IOException {
    check(new TaggerHead(List.of("O", "B-X")), 1, Shape.of(3, TOKENS, 2));
  }

  @Test
  void spansAreTwoLogitsAToken() throws IOException {
    check(new SpanHead(), 1, Shape.of(3, TOKENS, 2));
  }

  @Test
  void choicesAreASequenceEach() throws IOException {
    check(new ChoiceHead(), 4, Shape.of(3, 4));
  }

  private void check(Head head, int choices, Shape shape) throws IOException {
    Batch batch = batch(choices);
    float[] expected;
    Map<String, WeightTensor> weights = new HashMap<>();
    try (BertModel model = RandomModel.of(head, Optional.empty())) {
      List<Map<String, Matrix>> outputs = model.predict(batch);
      expected = padded(outputs, shape);
      ModelWeights.of(model)
          .forEach(w -> weights.put(w.name(), new WeightTensor(w.name(), w.shape(), w.values())));
    }
    BertConfig config = TinyBert.config(0);
    ServingModel.write(
        folder,
        "toy",
        config,
        head,
        new TokenList(TinyBert.VOCABULARY),
        new PretrainedModel("tiny", folder, config, weights));

    assertEquals(
        Set.of("saved_model.pb", "variables"),
        Files.list(folder).map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
    try (SavedModelBundle bundle = SavedModelBundle.load(folder.toString(), "serve")) {
      Shape fed = choices == 1 ? Shape.of(3, TOKENS) : Shape.of(3, choices, TOKENS);
      Map<String, Tensor> given = new HashMap<>();
      given.put("input_ids", TInt32.tensorOf(fed, DataBuffers.of(batch.ids())));
      given.put("attention_mask", TInt32.tensorOf(fed, DataBuffers.of(batch.mask())));
      given.put("token_type_ids", TInt32.tensorOf(fed, DataBuffers.of(batch.segments())));
      Map<String, Tensor> results = TestRuns.call(bundle.function("serving_default"), given);
      float[] values =
          head instanceof SpanHead
              ? interleaved(
                  floats(results.get("start_logits"), Shape.of(3, TOKENS)),
                  floats(results.get("end_logits"), Shape.of(3, TOKENS)))
              : floats(results.get(HeadOutput.LOGITS), shape);
      if (shape.numDimensions() < 3) {
        assertArrayEquals(expected, values, 1e-5f);
      } else {
        for (int i = 0; i < expected.length; i++) {
          // Of padding the model's own outputs say nothing.
          if (!Float.isNaN(expected[i])) {
            assertEquals(expected[i], values[i], 1e-5f);
          }
        }
      }
      given.values().forEach(Tensor::close);
      results.values().forEach(Tensor::close);
    }
  }

  private static float[] floats(Tensor tensor, Shape shape) {
    assertEquals(shape, tensor.shape());
    float[] values = new float[(int) tensor.size()];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  private static float[] interleaved(float[] starts, float[] ends) {
    float[] both = new float[2 * starts.length];
    for (int i = 0; i < starts.length; i++) {
      both[2 * i] = starts[i];
      both[2 * i + 1] = ends[i];
    }
    return both;
  }

  /** Outputs without padding as one array with it; padding is NaN. */
  private static float[] padded(List<Map<String, Matrix>> outputs, Shape shape) {
    int each = (int) (shape.size() / outputs.size());
    float[] all = new float[(int) shape.size()];
    java.util.Arrays.fill(all, Float.NaN);
    for (int i = 0; i < outputs.size(); i++) {
      float[] own = outputs.get(i).get(HeadOutput.LOGITS).values();
      System.arraycopy(own, 0, all, i * each, own.length);
    }
    return all;
  }

  /** Three features, the second of them shorter. */
  private static Batch batch(int choices) {
    Random random = new Random(3);
    List<Feature> features = new ArrayList<>();
    for (int length : new int[] {TOKENS, 5, TOKENS}) {
      features.add(
          Feature.of(
              IntStream.range(0, choices)
                  .mapToObj(i -> RandomModel.sequence(random, length))
                  .toList(),
              Target.NONE));
    }
    return Batch.of(features, 0);
  }
}
