// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.core.config.Assignments;
import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.data.FileSettings;
import dev.bertctl.core.output.PredictionTarget;
import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.TinyTask;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.AttentionMask;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.Layout;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Models whose tokens see only those before them. */
class CausalModelTest {

  @TempDir Path folder;

  @Test
  void aTaskWhoseTokensSeeEachOtherRefusesACausalModel() {
    Path model = causal();
    TinyRun run = new TinyRun(folder, 0).pairs("train", 8, 1).set("model", model);
    assertEquals(
        "model "
            + model
            + " was trained as a causal language model (is_decoder), whose tokens see only those"
            + " before; task 'tiny' needs one whose tokens see each other",
        assertThrows(UserException.class, run::run).getMessage());
  }

  @Test
  void aCausalTaskTakesACausalModelAndSavesOne() {
    TinyRun run = trained(causal());
    assertTrue(run.json("model/config.json").get("is_decoder").asBoolean());
  }

  @Test
  void anyModelBecomesCausalIsSavedSoAndOpensAgain() {
    TinyRun run = trained(folder.resolve("tiny-bert"));
    assertTrue(run.json("model/config.json").get("is_decoder").asBoolean());
    assertFalse(TinyRun.read(folder.resolve("tiny-bert/config.json")).get(0).has("is_decoder"));

    FineTunedModel saved = FineTunedModel.open(run.results());
    EvaluationResult result =
        new ModelEvaluation(
                saved,
                saved.config(
                    run.plugin(),
                    List.of(Assignments.parse("data.test=" + folder.resolve("validation.csv")))),
                TinyRun.STORE,
                EvaluationOutputs.NONE,
                RunListener.SILENT)
            .run()
            .result();
    JsonNode metrics = run.json("metrics.json");
    assertEquals(metrics.get("loss").asDouble(), result.loss(), 1e-6);
    assertEquals(metrics.at("/metrics/loss").asDouble(), result.metrics().get("loss"), 1e-6);
  }

  @Test
  void laterTokensChangeNothing() {
    TinyRun run = trained(folder.resolve("tiny-bert"));
    run.rows("two", List.of("the red cat sees a dog,-,no", "the red cat likes the boat,-,no"));
    FineTunedModel saved = FineTunedModel.open(run.results());
    List<Matrix> outputs = new ArrayList<>();
    new ModelPrediction(
            saved.config(run.plugin(), List.of()),
            saved.files(TinyRun.STORE),
            Optional.of(saved),
            PredictionTarget.toldOnly(Optional.empty()),
            RunListener.SILENT)
        .run(
            DataFiles.open(
                List.of(folder.resolve("two.csv")),
                Optional.empty(),
                Optional.empty(),
                FileSettings.DEFAULT),
            (columns, prediction, marked) -> outputs.add(((Next) prediction).logits()));
    // [CLS] the red cat
    for (int token = 0; token < 4; token++) {
      assertArrayEquals(outputs.get(0).row(token), outputs.get(1).row(token), 1e-5f);
    }
    assertNotEquals(outputs.get(0).at(4, 0), outputs.get(1).at(4, 0), 1e-3f);
  }

  private Path causal() {
    return TinyBert.write(
        folder.resolve("causal-bert"),
        TinyBert.config(0).with(AttentionMask.CAUSAL),
        TinyBert.VOCABULARY);
  }

  private TinyRun trained(Path model) {
    TinyRun run =
        new TinyRun(folder, 0)
            .task(new TinyTask(CausalModelTest::task))
            .set("model", model)
            .set("train.epochs", 1)
            .pairs("train", 8, 1)
            .pairs("validation", 6, 2);
    run.run();
    return run;
  }

  private static Task<LabelledText, Next> task(Labels labels) {
    return Task.of(
            TinyTask.reader(labels),
            CausalModelTest::pack,
            new NextToken(),
            (LabelledText example, ModelOutput output) -> new Next(output.logits()))
        .scoredBy(new MeanLoss(), (file, gold, skipped) -> List.of());
  }

  private static List<Feature> pack(LabelledText example, Packer packer) {
    Sequence sequence = packer.single(packer.tokenize(example.first()));
    int[] next = new int[sequence.length()];
    System.arraycopy(sequence.ids(), 1, next, 0, next.length - 1);
    next[next.length - 1] = Target.IGNORED;
    return List.of(Feature.of(sequence, Target.of(next)));
  }

  private record Next(Matrix logits) implements Prediction {
    @Override
    public Map<String, Object> fields() {
      return Map.of("tokens", logits.rows());
    }
  }

  private record NextToken() implements Head {

    @Override
    public String architecture() {
      return "BertModel";
    }

    @Override
    public Set<EncoderNeed> needs() {
      return Set.of(EncoderNeed.CAUSAL_ATTENTION);
    }

    @Override
    public List<TargetSpec> targets() {
      return List.of(TargetSpec.of(TargetSpec.Form.TOKEN_PER_TOKEN));
    }

    @Override
    public HeadOutput build(HeadGraph graph) {
      int size = graph.vocabulary().size();
      Operand<TFloat32> logits = graph.dense("next", graph.tokens(), size); // [N·T,V]
      Operand<TInt32> targets =
          graph.tf().reshape(graph.targets(), graph.tf().constant(new int[] {-1})); // [N·T]
      return HeadOutput.logits(Layout.PER_TOKEN, graph.perToken(logits, size))
          .trainedOn(graph.softmaxCrossEntropy(logits, targets), graph.hasTarget(targets));
    }
  }

  private record MeanLoss() implements Metric<LabelledText, Next> {

    @Override
    public String primary() {
      return "loss";
    }

    @Override
    public boolean higherIsBetter() {
      return false;
    }

    @Override
    public Scorer<LabelledText, Next> scorer() {
      List<Double> loss = new ArrayList<>();
      return new Scorer<>() {
        @Override
        public void add(LabelledText example, Next next) {}

        @Override
        public void losses(Map<String, Double> means) {
          loss.addAll(means.values());
        }

        @Override
        public Scores scores() {
          return Scores.of(Map.of("loss", loss.get(0)));
        }
      };
    }
  }
}
