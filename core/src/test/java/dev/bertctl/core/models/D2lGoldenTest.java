// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.download.DownloadListener;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.ModelWeights;
import dev.bertctl.runtime.graph.TrainingSpec;
import dev.bertctl.runtime.huggingface.HuggingFaceFolder;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.huggingface.SavedHead;
import dev.bertctl.runtime.inference.Evaluated;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.packing.SequencePacker;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tokenize.Tokenizer;
import dev.bertctl.runtime.tokenize.TokenizerFiles;
import dev.bertctl.runtime.tokenize.Tokenizers;
import dev.bertctl.runtime.weights.SafetensorsFile;
import dev.bertctl.runtime.weights.Weight;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.SpecialToken;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Truncation;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Models of "Dive into Deep Learning" against what the book's own code computes with them
 * (golden/d2l, made by src/test/python/make_d2l_golden.py): its PyTorch edition with random weights
 * and after a few steps of training, its Paddle and its MXNet edition.
 */
class D2lGoldenTest {

  /** Sums of float32 products in another order. */
  private static final float TOLERANCE = 1e-5f;

  @TempDir private Path scratch;
  private ModelStore store;

  @BeforeEach
  void makeStore() {
    store =
        new ModelStore(
            new ModelCache(scratch.resolve("cache")),
            true,
            Map.of(),
            Optional.empty(),
            DownloadListener.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"torch-random", "torch-trained", "paddle", "mxnet"})
  void encoderPoolerAndBothHeadsComputeTheSame(String name) {
    PretrainedModel pretrained = store.open(golden(name).toString(), Path.of(""));
    check(name, pretrained);
  }

  /** Saved and opened again, weights of the book's layout are written in Hugging Face's. */
  @Test
  void savedInHuggingFaceLayoutItStaysTheSame() throws IOException {
    PretrainedModel pretrained = store.open(golden("torch-trained").toString(), Path.of(""));
    Path saved = Files.createDirectory(scratch.resolve("saved"));
    HuggingFaceFolder.write(
        saved,
        SavedHead.unlabelled("BertForPreTraining"),
        pretrained.config(),
        pretrained.weights().values(),
        TokenizerFiles.of(pretrained.directory()));
    check("torch-trained", store.open(saved.toString(), Path.of("")));
  }

  @Test
  void aZipAsTheBookPublishesItIsOpened() throws IOException {
    Path zip = scratch.resolve("bert.small.torch.zip");
    try (ZipOutputStream output = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String file : List.of("vocab.json", "pretrained.params", "config.json")) {
        output.putNextEntry(new ZipEntry("bert.small.torch/" + file));
        output.write(Files.readAllBytes(golden("torch-trained").resolve(file)));
      }
    }
    check("torch-trained", store.open("bert.small.torch.zip", scratch));
  }

  @Test
  void theArchitectureIsTheBooks() {
    BertConfig config = store.open(golden("torch-random").toString(), Path.of("")).config();
    assertEquals(BertConfig.of(56, 16, 2, 2, 32, 40, 1).asInD2l(), config);
  }

  @Test
  void gradientsAreTheSame() {
    PretrainedModel pretrained = store.open(golden("torch-trained").toString(), Path.of(""));
    JsonNode expected = expected("torch-trained");
    JsonNode training = expected.get("training");
    try (BertModel model = model(pretrained, Optional.of(TrainingSpec.DEFAULT))) {
      Map<String, Weight> gradients =
          new D2lWeights(false, true)
              .canonical(
                  SafetensorsFile.open(golden("torch-trained").resolve("gradients.safetensors"))
                      .weights());
      Batch batch = Batch.of(features(expected, Optional.of(training)), 1);
      Evaluated evaluated = model.evaluate(batch);
      assertEquals(
          training.get("mlm_loss").asDouble(),
          evaluated.losses().get(BookHead.MASKED).mean(),
          TOLERANCE);
      assertEquals(
          training.get("nsp_loss").asDouble(),
          evaluated.losses().get(BookHead.NEXT).mean(),
          TOLERANCE);
      Map<String, float[]> computed = model.gradients(batch, 1);
      assertEquals(gradients.keySet(), computed.keySet());
      computed.forEach(
          (name, gradient) ->
              assertArrayEquals(array(gradients.get(name).values()), gradient, TOLERANCE, name));
    }
  }

  @Test
  void textsAreTokenisedAsByTheBook() {
    JsonNode texts = JsonFile.read(golden("texts.json"));
    PretrainedModel pretrained = store.open(golden("torch-random").toString(), Path.of(""));
    try (Tokenizer tokenizer = Tokenizers.open(pretrained.directory())) {
      SequencePacker packer = new SequencePacker(tokenizer, 100, 2);
      for (JsonNode text : texts.get("texts")) {
        String written = text.get("text").asText();
        Sequence sequence = packer.single(packer.tokenize(written));
        assertArrayEquals(ints(text.get("ids")), sequence.ids(), written);
      }
      for (JsonNode pair : texts.get("pairs")) {
        Sequence sequence = pair(packer, pair.get("a").asText(), pair.get("b").asText());
        assertArrayEquals(ints(pair.get("ids")), sequence.ids(), pair.toString());
        assertArrayEquals(ints(pair.get("segments")), sequence.segments(), pair.toString());
      }
      assertEquals(1, tokenizer.vocabulary().id(SpecialToken.PAD));
    }
  }

  private static Sequence pair(SequencePacker packer, String first, String second) {
    return packer.pair(packer.tokenize(first), packer.tokenize(second), Truncation.LONGEST_FIRST);
  }

  private static void check(String name, PretrainedModel pretrained) {
    JsonNode expected = expected(name);
    try (BertModel model = model(pretrained, Optional.empty())) {
      List<Feature> features = features(expected, Optional.empty());
      Batch batch = Batch.of(features, pretrained.config().padTokenId());
      Map<String, float[]> encoded = model.encoded(batch);
      int hidden = pretrained.config().hiddenSize();
      assertArrayEquals(
          floats(expected.get("hidden")), encoded.get("pooled"), TOLERANCE, "pooler's output");
      float[] states = encoded.get("hidden_states." + pretrained.config().layers());
      List<Map<String, Matrix>> outputs = model.predict(batch);
      for (int i = 0; i < features.size(); i++) {
        int length = features.get(i).sequence().length();
        int from = i * batch.tokens() * hidden;
        assertArrayEquals(
            Arrays.copyOf(floats(expected.get("encoded_X").get(i)), length * hidden),
            Arrays.copyOfRange(states, from, from + length * hidden),
            TOLERANCE,
            "hidden states of sequence " + i);
        Matrix masked = outputs.get(i).get(BookHead.MASKED);
        assertArrayEquals(
            Arrays.copyOf(
                floats(expected.get("mlm_Y_hat").get(i)), masked.rows() * masked.columns()),
            masked.values(),
            TOLERANCE,
            "tokens of sequence " + i);
        float[] next = floats(expected.get("nsp_Y_hat").get(i));
        // The book's class 1, "is next", is class 0 in the original BERT.
        assertArrayEquals(
            new float[] {next[1], next[0]},
            outputs.get(i).get(BookHead.NEXT).values(),
            TOLERANCE,
            "next sentence of sequence " + i);
      }
    }
  }

  private static BertModel model(PretrainedModel pretrained, Optional<TrainingSpec> training) {
    BookHead head = new BookHead(pretrained.config().vocabSize());
    BertConfig config = pretrained.config().withDropout(0);
    try (Tokenizer tokenizer = Tokenizers.open(pretrained.directory())) {
      BertModel model =
          BertModel.create(
              "book", config, head, tokenizer.vocabulary(), training, ComputeDevice.CPU);
      assertTrue(ModelWeights.load(model, head, pretrained, 1).initialized().isEmpty());
      return model;
    }
  }

  private static List<Feature> features(JsonNode expected, Optional<JsonNode> training) {
    List<Feature> features = new ArrayList<>();
    for (int i = 0; i < expected.get("tokens").size(); i++) {
      int length = expected.get("valid_lens").get(i).asInt();
      int places =
          (int)
              StreamSupport.stream(expected.get("mlm_weights").get(i).spliterator(), false)
                  .filter(weight -> weight.asDouble() > 0)
                  .count();
      Feature feature =
          Feature.of(
                  new Sequence(
                      Arrays.copyOf(ints(expected.get("tokens").get(i)), length),
                      Arrays.copyOf(ints(expected.get("segments").get(i)), length),
                      List.of(),
                      List.of()))
              .at(Arrays.copyOf(ints(expected.get("pred_positions").get(i)), places));
      if (training.isPresent()) {
        int[] gold = Arrays.copyOf(ints(training.get().get("mlm_Y").get(i)), places);
        int isNext = training.get().get("nsp_y").get(i).asInt();
        feature =
            feature
                .with(BookHead.MASKED, Target.of(gold))
                .with(BookHead.NEXT, Target.of(1 - isNext));
      }
      features.add(feature);
    }
    return features;
  }

  private static JsonNode expected(String name) {
    return JsonFile.read(golden(name).resolve("expected.json"));
  }

  private static Path golden(String name) {
    try {
      return Path.of(D2lGoldenTest.class.getResource("/golden/d2l/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static float[] array(FloatBuffer values) {
    float[] array = new float[values.limit()];
    values.get(0, array);
    return array;
  }

  private static int[] ints(JsonNode list) {
    return IntStream.range(0, list.size()).map(i -> list.get(i).asInt()).toArray();
  }

  /** All numbers of nested lists, row-major. */
  private static float[] floats(JsonNode lists) {
    double[] all = numbers(lists).mapToDouble(JsonNode::asDouble).toArray();
    float[] floats = new float[all.length];
    for (int i = 0; i < all.length; i++) {
      floats[i] = (float) all[i];
    }
    return floats;
  }

  private static Stream<JsonNode> numbers(JsonNode lists) {
    return lists.isArray()
        ? StreamSupport.stream(lists.spliterator(), false).flatMap(D2lGoldenTest::numbers)
        : Stream.of(lists);
  }
}
