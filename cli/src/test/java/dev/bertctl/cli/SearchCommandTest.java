// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchCommandTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path folder;
  private Path config;

  @BeforeEach
  void write() throws IOException {
    for (String split : List.of("train", "dev")) {
      List<String> rows = new ArrayList<>(List.of("sentence1\tsentence2\tlabel"));
      for (int i = 0; i < 8; i++) {
        rows.add("a dog sleeps\t%s\t%d".formatted(i % 2 == 0 ? "a dog rests" : "it rains", i % 2));
      }
      Files.write(Files.createDirectories(folder.resolve("data")).resolve(split + ".tsv"), rows);
    }
    Path model = WordModel.write(folder.resolve("model"), folder.resolve("data"));
    config =
        Files.writeString(
            folder.resolve("app.yaml"),
            """
            model: %s
            device: cpu
            max-length: 16
            output: runs
            data: {train: data/train.tsv, validation: data/dev.tsv}
            train: {epochs: 1, batch-size: 4}
            search:
              trials: 2
              metric: f1
              space:
                - {key: train.learning-rate, from: 1e-4, to: 1e-2, scale: log}
            """
                .formatted(model));
  }

  private InProcess.Outcome search(String... more) {
    return InProcess.run(
        Stream.concat(
                Stream.of("search", "paraphrase", "--config", config.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void theBestConfigurationIsOneToRun() throws IOException {
    InProcess.Outcome searched = search();
    assertEquals(0, searched.exitCode(), searched.err());
    assertTrue(searched.out().startsWith("TRIAL  EPOCHS  LOSS    ACCURACY"), searched.out());
    InProcess.Outcome again = search("--resume", "--json");
    JsonNode result = MAPPER.readTree(again.out());
    Path search = folder.resolve("runs/paraphrase-search");
    assertEquals(MAPPER.readTree(search.resolve("search.json").toFile()), result);
    assertEquals("f1", result.get("metric").asText());
    assertTrue(again.err().contains("the search in %s is finished".formatted(search)), again.err());

    InProcess.Outcome run =
        InProcess.run(
            "run", "paraphrase", "--config", search.resolve("best.yaml").toString(), "--json");
    assertEquals(0, run.exitCode(), run.err());
    JsonNode best = result.get("best").get("evaluation");
    assertEquals(best.get("metrics"), MAPPER.readTree(run.out()).get("metrics"));
    assertEquals(best.get("loss"), MAPPER.readTree(run.out()).get("loss"));
  }

  @Test
  void whereNoTrialCanBeTrainedTheCommandFails() {
    InProcess.Outcome searched =
        search("--set", "search.space[0].from=1e30", "--set", "search.space[0].to=1e31");
    assertEquals(1, searched.exitCode(), searched.err());
    assertTrue(searched.out().contains("diverged in 1 epoch"), searched.err());
    assertTrue(
        searched
            .err()
            .endsWith(
                "bertctl: %s: none of 2 trials could be trained; search.json says of each what went wrong: change what is searched%n"
                    .formatted(folder.resolve("runs/paraphrase-search"))),
        searched.err());
  }

  @Test
  void aChangedSearchIsRefused() {
    assertEquals(0, search().exitCode());
    InProcess.Outcome changed = search("--resume", "--set", "search.space[0].to=1e-3");
    assertEquals(
        "bertctl: %s: a finished search has another configuration; these keys differ: search.space[0].to; restore what it had, or start over with --overwrite%n"
            .formatted(folder.resolve("runs/paraphrase-search")),
        changed.err().substring(changed.err().indexOf("bertctl: ")));
  }

  @Test
  void withoutTheSectionItIsSaidWhatIsMissing() throws IOException {
    Files.writeString(config, Files.readString(config).replaceAll("(?s)search:.*", ""));
    InProcess.Outcome searched = search();
    assertEquals(2, searched.exitCode());
    assertEquals(
        "bertctl: %s: missing key 'search.space': what is searched, such as search.space: [{key: train.learning-rate, from: 1e-5, to: 1e-4, scale: log}]%n"
            .formatted(config),
        searched.err());
  }
}
