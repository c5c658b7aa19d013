// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.Assignments;
import dev.bertctl.core.trial.PluginTrial.Outcome;
import dev.bertctl.core.trial.PluginTrial.Verdict;
import dev.bertctl.download.DownloadListener;
import dev.bertctl.download.MavenRepositories;
import dev.bertctl.download.Proxies;
import dev.bertctl.host.plugins.InstalledPlugin;
import dev.bertctl.host.plugins.NewPlugin;
import dev.bertctl.host.plugins.PluginFolder;
import dev.bertctl.host.plugins.PluginInstallation;
import dev.bertctl.host.plugins.ProjectTemplate;
import dev.bertctl.runtime.PluginJar;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.testkit.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** New plugins, compiled as they are written or with a mistake, tried on their samples. */
class PluginTrialTest {

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void aNewPluginKeepsEveryPromise(ProjectTemplate template) throws IOException {
    assertEquals(
        Arrays.stream(Promise.values()).map(Outcome::ok).toList(),
        trial("samples.tsv").of(plugin(template, source -> source)));
  }

  @Test
  void aPromiseThatIsBrokenSaysWhatToChange() throws IOException {
    InstalledPlugin plugin =
        plugin(
            ProjectTemplate.CHOICE,
            source ->
                source.replace("Map.of(\"predicted\", choice)", "Map.of(\"chosen\", choice)"));
    assertEquals(
        List.of(
            Outcome.broken(
                Promise.PREDICTIONS_READ_BACK_SCORE_THE_SAME,
                "the prediction reader, for a file of Prediction.fields, refuses: memory:1: no"
                    + " column 'predicted' (there are: text, choice0, choice1, label, chosen);"
                    + " correct the samples or options, or what refuses them")),
        trial("samples.tsv").of(plugin).stream()
            .filter(outcome -> outcome.verdict() != Verdict.OK)
            .toList());
  }

  @Test
  void whatDependsOnTheLogitsOfAnOwnHeadIsNotSure() throws IOException {
    InstalledPlugin plugin =
        plugin(
            ProjectTemplate.CUSTOM,
            source ->
                source.replace(
                    "Classification.of(labels, output.logits())",
                    "new Classification(labels, 1, java.util.List.of())"));
    assertEquals(
        Outcome.unsure(
            Promise.PERFECT_LOGITS_SCORE_THE_BEST_VALUE,
            "a model that knows the gold labels gets accuracy 0.6666666666666666, and not the best"
                + " value 1.0; let packing, decoder and metric agree on what is right, or name the"
                + " metric's best value with bestScore"),
        trial("samples.tsv").of(plugin).get(Promise.PERFECT_LOGITS_SCORE_THE_BEST_VALUE.ordinal()));
  }

  @Test
  void optionsAndColumnsCanBeSet() throws IOException {
    InstalledPlugin plugin = plugin(ProjectTemplate.CLASSIFIER, source -> source);
    Files.writeString(
        folder.resolve("project/other.tsv"), "said\tlabel\nGo.\tyes\nStay.\tno\nRun.\tyes\n");
    List<Outcome> outcomes =
        trial("other.tsv", "labels=no,yes", "data.columns.text=said").of(plugin);
    assertEquals(
        List.of(), outcomes.stream().filter(outcome -> outcome.verdict() != Verdict.OK).toList());
  }

  @Test
  void samplesAreThoseOfOneTask() throws IOException {
    Path jar =
        new PluginJar(folder.resolve("two.jar"))
            .plugin("A", "first", "")
            .plugin("B", "second", "")
            .naming("outside.A", "outside.B");
    InstalledPlugin plugin = checked(jar);
    assertEquals(
        jar
            + " provides several tasks (first, second), and samples are those of one; let its"
            + " contract tests try them",
        assertThrows(UserException.class, () -> trial("samples.tsv").of(plugin)).getMessage());
  }

  private PluginTrial trial(String samples, String... settings) {
    return new PluginTrial(
        folder.resolve("project").resolve(samples),
        Optional.empty(),
        Stream.of(settings).map(Assignments::parse).toList());
  }

  private InstalledPlugin plugin(ProjectTemplate template, UnaryOperator<String> change)
      throws IOException {
    Path project = folder.resolve("project");
    new NewPlugin("tried", template, "outside", Path.of("app")).write(project);
    List<Path> sources = files(project.resolve("src/main/java"));
    for (Path source : sources) {
      Files.writeString(source, change.apply(Files.readString(source)));
    }
    Path classes = Files.createDirectory(folder.resolve("classes"));
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                Stream.concat(
                        Stream.of(
                            "-Xlint:all,-processing,-classfile",
                            "-Werror",
                            "-d",
                            classes.toString()),
                        sources.stream().map(Path::toString))
                    .toArray(String[]::new)));
    PluginJar jar = new PluginJar(folder.resolve("tried.jar"));
    for (Path file : files(classes)) {
      jar.entry(classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
    }
    return checked(jar.naming("outside.tried.TriedPlugin"));
  }

  private InstalledPlugin checked(Path jar) {
    return new PluginInstallation(
            new PluginFolder(folder.resolve("plugins")),
            List.of(),
            new MavenRepositories(
                true, Optional.empty(), Proxies.of(Map.of()), DownloadListener.NONE),
            AppConfig::checkOptions)
        .check(jar);
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
