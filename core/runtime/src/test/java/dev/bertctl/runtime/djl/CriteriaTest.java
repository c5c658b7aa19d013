// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import ai.djl.util.StringPair;
import dev.bertctl.runtime.TinyModel;
import dev.bertctl.runtime.predict.PredictorOptions;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.Prediction;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of bertctl, as users of DJL load theirs. */
class CriteriaTest {

  private static final List<String> TEXTS =
      List.of("a red cat", "the big old dog likes a small bird", "a river", "the cat sees a boat");

  @TempDir private Path folder;

  private ClassLoader before;

  /** Plugins are on the class path by their service file. */
  @BeforeEach
  void addPlugins() throws Exception {
    Path services = Files.createDirectories(folder.resolve("classes/META-INF/services"));
    Files.write(
        services.resolve(TaskPlugin.class.getName()),
        List.of(TextPlugin.class.getName(), PairPlugin.class.getName()));
    before = Thread.currentThread().getContextClassLoader();
    URL[] classes = {folder.resolve("classes").toUri().toURL()};
    Thread.currentThread().setContextClassLoader(new URLClassLoader(classes, before));
  }

  @AfterEach
  void removePlugins() throws Exception {
    ((URLClassLoader) Thread.currentThread().getContextClassLoader()).close();
    Thread.currentThread().setContextClassLoader(before);
  }

  private Path write(TaskPlugin<?> plugin) {
    Path run = folder.resolve(plugin.name());
    TinyModel.write(run.resolve("model"), plugin, Map.of("labels", "no,yes"), 1);
    return run;
  }

  private static <I, O> Criteria<I, O> criteria(Path run, Class<I> input, Class<O> output) {
    return Criteria.builder()
        .setTypes(input, output)
        .optModelPath(run)
        .optEngine("Bertctl")
        .optDevice(Device.cpu())
        .optTranslatorFactory(new BertctlTranslatorFactory())
        .build();
  }

  private static List<Classification> expected(Path run) {
    try (dev.bertctl.runtime.predict.Predictor<Classification> predictor =
        dev.bertctl.runtime.predict.Predictor.open(
            run,
            Classification.class,
            PredictorOptions.DEFAULT.withDevice(dev.bertctl.runtime.tensorflow.Device.of("cpu")))) {
      return predictor.predict(TEXTS.stream().map(text -> Map.of("text", text)).toList());
    }
  }

  @Test
  void aTextGivesTheClassesOfTheSameModel() throws Exception {
    Path run = write(new TextPlugin());
    List<Classification> expected = expected(run);

    try (ZooModel<String, Classifications> model =
            criteria(run, String.class, Classifications.class).loadModel();
        Predictor<String, Classifications> predictor = model.newPredictor()) {
      List<Classifications> all = predictor.batchPredict(TEXTS);
      for (int i = 0; i < TEXTS.size(); i++) {
        Classifications one = predictor.predict(TEXTS.get(i));
        for (int label = 0; label < 2; label++) {
          String name = List.of("no", "yes").get(label);
          double probability = expected.get(i).probabilities().get(label);
          assertEquals(probability, one.get(name).getProbability(), 1e-6);
          assertEquals(probability, all.get(i).get(name).getProbability(), 1e-6);
        }
      }
      assertEquals(run.resolve("model"), model.getModelPath());
    }
  }

  @Test
  void theTasksOwnPredictionIsGivenToo() throws Exception {
    Path run = write(new TextPlugin());

    try (ZooModel<String, Classification> model =
            criteria(run, String.class, Classification.class).loadModel();
        Predictor<String, Classification> predictor = model.newPredictor()) {
      assertEquals(expected(run).get(1).label(), predictor.predict(TEXTS.get(1)).label());
    }
  }

  @Test
  @SuppressWarnings("rawtypes") // DJL names types by their classes
  void rowsAndPairsAreTheSame() throws Exception {
    Path run = write(new PairPlugin());
    Prediction ofPair;
    try (ZooModel<StringPair, Prediction> model =
            criteria(run, StringPair.class, Prediction.class).loadModel();
        Predictor<StringPair, Prediction> predictor = model.newPredictor()) {
      ofPair = predictor.predict(new StringPair("a red cat", "the dog"));
    }
    try (ZooModel<Map, PairPlugin.Logits> model =
            criteria(run, Map.class, PairPlugin.Logits.class).loadModel();
        Predictor<Map, PairPlugin.Logits> predictor = model.newPredictor()) {
      assertEquals(ofPair, predictor.predict(Map.of("first", "a red cat", "second", "the dog")));
    }
  }

  @Test
  void jsonIsAnsweredByJson() throws Exception {
    Path run = write(new TextPlugin());
    try (ZooModel<Input, Output> model = criteria(run, Input.class, Output.class).loadModel();
        Predictor<Input, Output> predictor = model.newPredictor()) {
      Input row = new Input();
      row.addProperty("Content-Type", "application/json; charset=utf-8");
      row.add("{\"text\": \"a red cat\"}");
      Input text = new Input();
      text.addProperty("Content-Type", "text/plain");
      text.add("a red cat");

      Output output = predictor.predict(row);

      String json = output.getData().getAsString();
      assertTrue(json.matches("\\{\"predicted\":\"(no|yes)\",\"probabilities\":\\{.*"), json);
      assertEquals(json, predictor.predict(text).getData().getAsString());
      assertEquals(200, output.getCode());
      Input broken = new Input();
      broken.add("[\"a red cat\"]");
      String problem =
          assertThrows(TranslateException.class, () -> predictor.predict(broken)).getMessage();
      assertTrue(problem.contains("no JSON object: "), problem);
    }
  }

  @Test
  void aRowThatCannotBeUsedIsNamed() throws Exception {
    Path run = write(new PairPlugin());
    try (ZooModel<Input, Output> model = criteria(run, Input.class, Output.class).loadModel();
        Predictor<Input, Output> predictor = model.newPredictor()) {
      Input good = new Input();
      good.add("{\"first\": \"a\", \"second\": \"cat\"}");
      Input bad = new Input();
      bad.add("{\"first\": \"a\"}");

      TranslateException problem =
          assertThrows(TranslateException.class, () -> predictor.batchPredict(List.of(good, bad)));

      DataException cause = assertInstanceOf(DataException.class, problem.getCause());
      assertTrue(cause.getMessage().startsWith("row:2: no column 'second'"), cause::getMessage);
    }
  }

  @Test
  void aClosedModelComputesNoMore() throws Exception {
    ZooModel<String, Classification> model =
        criteria(write(new TextPlugin()), String.class, Classification.class).loadModel();
    Predictor<String, Classification> predictor = model.newPredictor();
    predictor.predict("a cat");

    model.close();

    TranslateException problem =
        assertThrows(TranslateException.class, () -> predictor.predict("a cat"));
    assertTrue(problem.getMessage().contains("is closed"), problem::getMessage);
  }

  @Test
  void whatDoesNotFitIsRefusedWhenTheModelIsLoaded() throws Exception {
    Path pair = write(new PairPlugin());
    ModelNotFoundException oneText =
        assertThrows(
            ModelNotFoundException.class,
            () -> criteria(pair, String.class, Prediction.class).loadModel());
    assertEquals(
        "task 'tiny-pair' reads first, second, not 1 text; give rows, as Map.class",
        oneText.getCause().getCause().getMessage());
    Path empty = Files.createDirectory(folder.resolve("empty"));
    MalformedModelException noModel =
        assertThrows(
            MalformedModelException.class,
            () -> criteria(empty, String.class, Prediction.class).loadModel());
    assertTrue(noModel.getMessage().contains("no model saved by bertctl"), noModel::getMessage);
  }

  @Test
  void noClassesAreMadeOfWhatIsNone() throws Exception {
    try (ZooModel<StringPair, Classifications> model =
            criteria(write(new PairPlugin()), StringPair.class, Classifications.class).loadModel();
        Predictor<StringPair, Classifications> predictor = model.newPredictor()) {
      TranslateException problem =
          assertThrows(
              TranslateException.class, () -> predictor.predict(new StringPair("a", "cat")));
      assertTrue(problem.getMessage().contains("no choice of one label"), problem::getMessage);
    }
  }

  @Test
  void optionsAreThoseOfThePredictor() throws Exception {
    Path run = write(new TextPlugin());
    Criteria<String, Prediction> tooLong =
        Criteria.builder()
            .setTypes(String.class, Prediction.class)
            .optModelPath(run)
            .optEngine("Bertctl")
            .optOption("maxLength", "33")
            .optTranslatorFactory(new BertctlTranslatorFactory())
            .build();
    String problem = assertThrows(MalformedModelException.class, tooLong::loadModel).getMessage();
    assertTrue(problem.contains("33 tokens are more than its 32 positions"), problem);
  }

  @Test
  void theEngineIsNeverTheDefault() {
    assertTrue(Engine.hasEngine("Bertctl"));
    assertEquals("TensorFlow", Engine.getDefaultEngineName());
  }
}
