// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.SplitCounts;
import dev.bertctl.core.inspect.ClassBalance;
import dev.bertctl.core.inspect.Lengths;
import dev.bertctl.core.models.ModelOrigin;
import dev.bertctl.runtime.packing.TruncationSummary;
import dev.bertctl.spi.data.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

class ModelCardTest {

  @TempDir Path folder;

  @Test
  void theFrontMatterIsYamlWithTheRunsFigures() {
    Map<String, Object> fields =
        frontMatter(card(Optional.of(ModelOrigin.of("minilm-l6", folder))).markdown());

    assertEquals("apache-2.0", fields.get("license"));
    assertEquals("sentence-transformers/all-MiniLM-L6-v2", fields.get("base_model"));
    assertEquals("text-classification", fields.get("pipeline_tag"));
    assertEquals(List.of("bert", "bertctl", "tiny"), fields.get("tags"));
    assertEquals(
        List.of(
            Map.of(
                "name",
                "tiny on sentence-transformers/all-MiniLM-L6-v2",
                "results",
                List.of(
                    Map.of(
                        "task",
                        Map.of("type", "text-classification"),
                        "dataset",
                        Map.of(
                            "name",
                            "dev: \"1\".csv",
                            "type",
                            "dev: \"1\".csv",
                            "split",
                            "validation"),
                        "metrics",
                        // What is not defined is left out.
                        List.of(Map.of("type", "accuracy", "value", 0.75)))))),
        fields.get("model-index"));
  }

  @Test
  void theTextHasFiguresDataAndSettingsAndNoMarkupOfTheirs() {
    String text = card(Optional.of(ModelOrigin.of("minilm-l6", folder))).markdown();

    assertTrue(text.contains("\n| accuracy | 0.7500 |  |\n"), text);
    assertTrue(
        text.contains("\n| validation | dev: \"1\".csv | 1,200 | a\\|b 25.0 %, \\*c\\* 75.0 % |\n"),
        text);
    assertTrue(text.contains("\n| train.epochs | 3 |\n"), text);
    assertTrue(text.contains("\nLabels, in the order of the logits: no, yes.\n"), text);
    assertTrue(text.contains("\n- Java 17 \\<test\\>\n"), text);
    assertTrue(
        text.contains(
            "\n    from transformers import AutoTokenizer, BertForSequenceClassification\n"),
        text);
    assertFalse(text.contains(folder.toString()), "paths are nobody's business: " + text);
  }

  @Test
  void aLicenceIsTheModelsOwnOrNone() throws IOException {
    assertEquals(Optional.empty(), ModelOrigin.of(folder.toString(), folder).license());
    Files.writeString(
        folder.resolve("README.md"), "---\nlanguage: en\nlicense: cc-by-4.0\n---\n# A model\n");
    assertEquals(Optional.of("cc-by-4.0"), ModelOrigin.of(folder.toString(), folder).license());
    assertEquals(Optional.of("some/model"), ModelOrigin.of("hf:some/model@v1", folder).hubName());
    Files.writeString(folder.resolve("README.md"), "---\nlicense: [broken\n---\n");
    assertEquals(Optional.empty(), ModelOrigin.of(folder.toString(), folder).license());

    Map<String, Object> fields = frontMatter(card(Optional.empty()).markdown());
    assertFalse(fields.containsKey("license") || fields.containsKey("base_model"));
  }

  @Test
  void itIsWrittenIntoTheModelsFolder() throws IOException {
    ModelCard card = card(Optional.empty());
    card.write(folder);
    assertEquals(card.markdown(), Files.readString(folder.resolve("README.md")));
  }

  private ModelCard card(Optional<ModelOrigin> base) {
    TinyRun run = new TinyRun(folder.resolve("run"), 0).pairs("train", 2, 1);
    TaskConfig<?> config = run.config();
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", 0.75);
    metrics.put("correlation", Double.NaN);
    EvaluationResult found =
        new EvaluationResult(4, 0.5, Map.of("loss", 0.5), metrics, List.of(), Map.of());
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("a|b", 300L);
    counts.put("*c*", 900L);
    SplitSummary split =
        new SplitSummary(
            "validation",
            new Location(folder.resolve("dev: \"1\".csv").toString(), 0),
            new SplitCounts(1200, List.of(), 1200, List.of(), 0, 0, OptionalInt.empty(), List.of()),
            1200,
            new ClassBalance(counts),
            TruncationSummary.EMPTY,
            new Lengths());
    return new ModelCard(
        new RunResult(
            "tiny",
            "minilm-l6",
            "accuracy",
            20,
            2,
            List.of(new EvaluatedStep(20, 2, found)),
            Optional.empty(),
            List.of()),
        config,
        config.createTask().head(),
        List.of(split),
        base,
        Map.of("Java", "17 <test>"));
  }

  private static Map<String, Object> frontMatter(String card) {
    assertTrue(card.startsWith("---\n"), card);
    return new Yaml().load(card.substring(4, card.indexOf("\n---\n", 4)));
  }
}
