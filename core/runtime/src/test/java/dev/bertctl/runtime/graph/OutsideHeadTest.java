// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.runtime.PluginJar;
import dev.bertctl.runtime.engine.EngineComparison;
import dev.bertctl.runtime.inference.LossSum;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The conditional random field of the plugin {@code ner-crf}, compiled from its source, against the
 * sum over all sequences of labels.
 */
class OutsideHeadTest {

  private static final Path SOURCE =
      Path.of("../../outside-plugins/ner-crf/src/main/java/org/example/nercrf/CrfHead.java");

  private static final List<String> LABELS = List.of("O", "B-x", "I-x");
  private static final int STATES = 4;
  private static final int START = 3;

  /** What a transition is multiplied with in the head. */
  private static final double SCALE = 100;

  /** Sums of some ten float32 values of about 10 each. */
  private static final double TOLERANCE = 1e-4;

  @TempDir private static Path folder;
  private static URLClassLoader classes;
  private static Head head;

  @BeforeAll
  static void compile() throws Exception {
    Path jar =
        new PluginJar(folder.resolve("crf.jar"))
            .source("org.example.nercrf.CrfHead", Files.readString(SOURCE))
            .write();
    classes = new URLClassLoader(new URL[] {jar.toUri().toURL()}, Head.class.getClassLoader());
    Constructor<?> constructor =
        classes.loadClass("org.example.nercrf.CrfHead").getDeclaredConstructor(List.class);
    constructor.setAccessible(true);
    head = (Head) constructor.newInstance(LABELS);
  }

  @AfterAll
  static void close() throws Exception {
    classes.close();
  }

  @Test
  void onnxRuntimeGivesTheSame() {
    EngineComparison.of(head).assertEqualOutputs();
  }

  /** The number in the head's description. */
  @Test
  void workedNumber() {
    Head twoLabels = withLabels(List.of("a", "b"));
    Feature feature = RandomModel.feature(new Random(1), 2, Target.of(1, 0));
    try (BertModel model = RandomModel.of(twoLabels, Optional.empty())) {
      model.values().assign("crf.transitions", FloatBuffer.allocate(6));
      model.values().assign("classifier.bias", FloatBuffer.allocate(2));
      // Only differences matter: hidden states do not differ where the kernel is 0.
      model.values().assign("classifier.weight", FloatBuffer.allocate(2 * 16));
      assertEquals(2 * Math.log(2), loss(model, feature), 1e-6);
      float ln3 = (float) Math.log(3);
      model.values().assign("classifier.bias", FloatBuffer.wrap(new float[] {0, ln3}));
      assertEquals(-Math.log(0.75) - Math.log(0.25), loss(model, feature), 1e-6);
    }
  }

  @Test
  void lossIsTheNegativeLogLikelihoodOfTheGoldLabels() {
    try (BertModel model = model(Optional.empty())) {
      List<Feature> features = features();
      for (Feature feature : features) {
        assertEquals(chain(model, feature).loss(), loss(model, feature), TOLERANCE);
      }
      LossSum together = loss(model, Batch.of(features, 0));
      double sum = features.stream().mapToDouble(each -> chain(model, each).loss()).sum();
      assertEquals(sum, together.sum(), features.size() * TOLERANCE);
      assertEquals(features.size() - 1, together.weight(), "one has no targets");
    }
  }

  /** Expected minus gold counts, of transitions and of labels. */
  @Test
  void gradientsAreThoseOfTheLikelihood() {
    List<Feature> features = features();
    Batch batch = Batch.of(features, 0);
    try (BertModel model = model(Optional.of(TrainingSpec.DEFAULT))) {
      double[] transitions = new double[STATES * LABELS.size()];
      double[] bias = new double[LABELS.size()];
      for (Feature feature : features) {
        Chain chain = chain(model, feature);
        for (List<Integer> path : chain.paths()) {
          chain.count(path, chain.probability(path) / (features.size() - 1), transitions, bias);
        }
        chain.count(chain.gold(), -1.0 / (features.size() - 1), transitions, bias);
      }
      Map<String, float[]> gradients = model.gradients(batch, 0);
      for (int i = 0; i < transitions.length; i++) {
        assertEquals(
            SCALE * transitions[i],
            gradients.get("crf.transitions")[i],
            SCALE * TOLERANCE,
            "transition " + i);
      }
      for (int i = 0; i < bias.length; i++) {
        assertEquals(bias[i], gradients.get("classifier.bias")[i], TOLERANCE, "label " + i);
      }
      for (String name :
          List.of(
              "classifier.weight",
              "encoder.layer.1.output.LayerNorm.weight",
              "encoder.layer.0.attention.self.value.weight")) {
        FiniteDifferences.check(model, batch, name, gradients.get(name));
      }
    }
  }

  /** Of the scores of a step, which are differentiated through the head's own ops. */
  @Test
  void itsLogitsCanBeExplained() {
    List<Feature> features = features();
    try (BertModel model = RandomModel.explaining(head)) {
      OutputGradientsTest.check(model, Batch.of(List.of(features.get(0), features.get(1)), 0), 1);
      OutputGradientsTest.check(
          model, Batch.of(List.of(features.get(0), features.get(2)), 0), STATES * STATES + 2);
    }
  }

  /** What stands between the tokens of a chain is not seen by it, nor is padding. */
  @Test
  void tokensWithoutTargetAreNoPartOfTheChain() {
    try (BertModel model = model(Optional.empty())) {
      Random random = new Random(8);
      Feature feature = RandomModel.feature(random, 7, Target.of(-100, 1, -100, -100, 2, 0, -100));
      Feature longer = RandomModel.feature(random, 30, Target.of(ignored(30)));
      double alone = loss(model, feature);
      LossSum padded = loss(model, Batch.of(List.of(feature, longer), 0));
      assertEquals(alone, padded.sum(), 1e-5);
      assertEquals(1, padded.weight());
      assertEquals(0, loss(model, longer));
    }
  }

  /** The logits are all that a decoder needs: transitions are in them. */
  @Test
  void logitsHoldTheScoreOfEachStep() {
    try (BertModel model = model(Optional.empty())) {
      float[] transitions = floats(model, "crf.transitions");
      Matrix logits = logits(model, features().get(0));
      assertEquals(STATES * STATES, logits.columns());
      for (int token = 0; token < logits.rows(); token++) {
        float[] scores = new float[LABELS.size()];
        for (int from = 0; from < STATES; from++) {
          float[] own = new float[LABELS.size()];
          for (int to = 0; to < own.length; to++) {
            own[to] =
                logits.at(token, from * STATES + to)
                    - (float) SCALE * transitions[from * LABELS.size() + to];
          }
          if (from > 0) {
            assertArrayEquals(scores, own, 1e-5f);
          }
          scores = own;
        }
      }
    }
  }

  private static Head withLabels(List<String> labels) {
    try {
      Constructor<?> constructor = head.getClass().getDeclaredConstructor(List.class);
      constructor.setAccessible(true);
      return (Head) constructor.newInstance(labels);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** With transitions of about 1 once they are scaled. */
  private static BertModel model(Optional<TrainingSpec> training) {
    BertModel model = RandomModel.of(head, training);
    float[] transitions = floats(model, "crf.transitions");
    for (int i = 0; i < transitions.length; i++) {
      transitions[i] /= 30;
    }
    model.values().assign("crf.transitions", FloatBuffer.wrap(transitions));
    return model;
  }

  private static float[] floats(BertModel model, String name) {
    FloatBuffer values = model.values().read(name).values();
    float[] copy = new float[values.remaining()];
    values.duplicate().get(copy);
    return copy;
  }

  /** Chains of 6, 1, 3 and no labels, in sequences of odd and even lengths. */
  private static List<Feature> features() {
    Random random = new Random(4);
    return List.of(
        RandomModel.feature(random, 9, Target.of(-100, 0, 1, -100, 2, 2, 0, 1, -100)),
        RandomModel.feature(random, 3, Target.of(-100, 2, -100)),
        RandomModel.feature(random, 6, Target.of(-100, 1, -100, 1, 0, -100)),
        RandomModel.feature(random, 4, Target.of(ignored(4))));
  }

  private static int[] ignored(int length) {
    return IntStream.generate(() -> Target.IGNORED).limit(length).toArray();
  }

  private static double loss(BertModel model, Feature feature) {
    return loss(model, Batch.of(List.of(feature), 0)).sum();
  }

  private static LossSum loss(BertModel model, Batch batch) {
    return model.evaluate(batch).losses().get(HeadOutput.LOSS);
  }

  private static Matrix logits(BertModel model, Feature feature) {
    return model.predict(Batch.of(List.of(feature), 0)).get(0).get(HeadOutput.LOGITS);
  }

  private static Chain chain(BertModel model, Feature feature) {
    int[] targets = ((Target.Ints) feature.target()).values();
    int[] tokens = IntStream.range(0, targets.length).filter(i -> targets[i] >= 0).toArray();
    return new Chain(logits(model, feature), targets, tokens);
  }

  /**
   * A chain, by brute force.
   *
   * @param tokens those with a target
   */
  private record Chain(Matrix steps, int[] targets, int[] tokens) {

    List<Integer> gold() {
      return IntStream.of(tokens).mapToObj(token -> targets[token]).toList();
    }

    /** All sequences of labels. */
    List<List<Integer>> paths() {
      List<List<Integer>> paths = List.of(List.of());
      for (int i = 0; i < tokens.length; i++) {
        List<List<Integer>> longer = new ArrayList<>();
        for (List<Integer> path : paths) {
          for (int label = 0; label < LABELS.size(); label++) {
            List<Integer> next = new ArrayList<>(path);
            next.add(label);
            longer.add(next);
          }
        }
        paths = longer;
      }
      return paths;
    }

    double score(List<Integer> path) {
      double score = 0;
      for (int i = 0; i < path.size(); i++) {
        int from = i == 0 ? START : path.get(i - 1);
        score += steps.at(tokens[i], from * STATES + path.get(i));
      }
      return score;
    }

    double logSum() {
      return Math.log(paths().stream().mapToDouble(path -> Math.exp(score(path))).sum());
    }

    double probability(List<Integer> path) {
      return Math.exp(score(path) - logSum());
    }

    double loss() {
      return logSum() - score(gold());
    }

    void count(List<Integer> path, double weight, double[] transitions, double[] labels) {
      for (int i = 0; i < path.size(); i++) {
        int from = i == 0 ? START : path.get(i - 1);
        transitions[from * LABELS.size() + path.get(i)] += weight;
        labels[path.get(i)] += weight;
      }
    }
  }
}
