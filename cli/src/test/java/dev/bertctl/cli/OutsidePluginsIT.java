// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.cli.PackagedApp.Result;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The plugins of the folder {@code outside-plugins}, as their authors and users have them: built
 * with their tests against the published SPI, installed into the packaged application, and used by
 * every command.
 */
class OutsidePluginsIT {

  private static final Path PROJECTS = Path.of("../outside-plugins").toAbsolutePath().normalize();
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path shared;
  private static PackagedApp app;

  @TempDir Path folder;

  /**
   * The projects. Who always guesses the most frequent label is right in half of the reviews, and
   * finds no entity; who always guesses the mean score has a correlation of 0.
   */
  enum Project {
    SENTIMENT("sentiment", "data/dev.csv", 0.6, 0.8, "epochs=25", "learning-rate=3e-3"),
    /** Nothing to compare meanings with is in random weights: what they score is left open. */
    SIMILARITY("similarity", "data/dev.tsv", -1, 0.5, "epochs=2"),
    NER_CRF("ner-crf", "data/dev.yaml", 0.5, 0.8, "epochs=25", "learning-rate=6e-3");

    private final String task;
    private final String data;
    private final double leastOfTiny;
    private final double leastOfReal;
    private final List<String> tinySettings;

    Project(
        String task, String data, double leastOfTiny, double leastOfReal, String... tinySettings) {
      this.task = task;
      this.data = data;
      this.leastOfTiny = leastOfTiny;
      this.leastOfReal = leastOfReal;
      this.tinySettings = List.of(tinySettings);
    }

    Path folder() {
      return shared.resolve(task);
    }

    Path data() {
      return folder().resolve(data);
    }
  }

  /** A jar by its path, one by its coordinates with what it depends on, and one in a folder. */
  @BeforeAll
  static void buildAndInstall() throws Exception {
    CleanRepository repository = CleanRepository.in(shared.resolve("repository"));
    app =
        PackagedApp.built()
            .with("BERTCTL_PLUGINS", shared.resolve("plugins").toString())
            .withProperty("maven.repo.local", repository.folder().toString());
    for (Project project : Project.values()) {
      copy(PROJECTS.resolve(project.task), project.folder());
      Path jar = repository.build(project.folder());
      String artifact = "bertctl-" + project.task;
      repository.install(project.folder(), jar, "org.example", artifact, "1.0.0");
      app.run("plugins", "check", jar.toString()).success();
    }
    app.run("plugins", "install", jar(Project.SENTIMENT).toString()).success();
    Path similarity = Files.createDirectory(shared.resolve("bertctl-similarity"));
    Files.copy(jar(Project.SIMILARITY), similarity.resolve("similarity.jar"));
    app.run("plugins", "install", similarity.toString()).success();
    app.run("plugins", "install", "maven:org.example:bertctl-ner-crf:1.0.0").success();
  }

  @Test
  void outsideTasksAreListedBesideTheBuiltIn() throws Exception {
    List<String> tasks =
        app.run("list-tasks").success().out().lines().map(line -> line.split(" +")[0]).toList();
    assertTrue(
        tasks.containsAll(List.of("ner", "ner-crf", "nli", "sentiment", "similarity")),
        tasks::toString);
  }

  /** The plugin calls a constructor that the application's version of the library does not have. */
  @Test
  void aPluginHasItsOwnVersionOfALibraryThatTheApplicationHasToo() throws Exception {
    Path plugin = shared.resolve("plugins/bertctl-ner-crf-1.0.0");
    assertEquals(List.of("bertctl-ner-crf-1.0.0.jar", "snakeyaml-1.33.jar"), names(plugin));
    assertTrue(hasPlainConstructor(plugin.resolve("snakeyaml-1.33.jar")));
    Path libraries = PackagedApp.builtFolder().resolve("lib/main");
    String other =
        names(libraries).stream()
            .filter(name -> name.startsWith("org.yaml.snakeyaml-2."))
            .findFirst()
            .orElseThrow();
    assertFalse(hasPlainConstructor(libraries.resolve(other)));
  }

  private static boolean hasPlainConstructor(Path snakeYaml) throws Exception {
    URL[] jar = {snakeYaml.toUri().toURL()};
    try (URLClassLoader classes = new URLClassLoader(jar, ClassLoader.getPlatformClassLoader())) {
      return Stream.of(
              classes.loadClass("org.yaml.snakeyaml.constructor.SafeConstructor").getConstructors())
          .anyMatch(constructor -> constructor.getParameterCount() == 0);
    }
  }

  /** What depends on the logits of the head of ner-crf is unsure, which is no failure. */
  @ParameterizedTest
  @EnumSource
  void theInstalledPluginsKeepTheirPromises(Project project) throws Exception {
    for (JsonNode plugin : app.run("plugins", "list", "--json").json().get("plugins")) {
      if (plugin.get("tasks").get(0).get("name").asText().equals(project.task)) {
        String path = plugin.get("path").asText();
        Result checked = app.run("plugins", "check", path, "--samples=" + project.data()).success();
        assertEquals(
            project == Project.NER_CRF,
            checked.out().contains("\nunsure  perfect logits score the best value: "),
            checked::out);
        String trained =
            "\nok      a tiny model trains on the samples and is saved, loaded and evaluated\n";
        assertTrue(checked.out().contains(trained), checked::out);
        return;
      }
    }
    throw new AssertionError(project.task + " is not installed");
  }

  @ParameterizedTest
  @EnumSource
  void everyCommandWorksAsForABuiltInTask(Project project) throws Exception {
    Path results = folder.resolve("runs").resolve(project.task);
    Path model = WordModel.write(folder.resolve("model"), project.folder().resolve("data"));

    List<String> settings = new ArrayList<>(List.of("--set=model=" + model));
    project.tinySettings.forEach(
        setting -> settings.add("--set=tasks.%s.train.%s".formatted(project.task, setting)));
    JsonNode run = run(project, settings);
    assertScore(project.leastOfTiny, run);

    JsonNode evaluated =
        app.run("evaluate", results.toString(), "--data=" + project.data(), "--json").json();
    assertEquals(run.get("metrics"), evaluated.get("metrics"));

    Path predictions = folder.resolve("predicted.jsonl");
    app.run("predict", results.toString(), "--input=" + project.data(), "--output=" + predictions)
        .success();
    assertEquals(run.get("examples").asInt(), Files.readAllLines(predictions).size());

    JsonNode scored =
        app.run(
                "score",
                project.task,
                "--gold=" + project.data(),
                "--predictions=" + predictions,
                "--json")
            .json();
    assertEquals(run.get("metrics"), scored.get("metrics"));

    Result packed =
        app.run(
                "pack",
                project.task,
                "--config=" + project.folder().resolve("app.yaml"),
                "--set=model=" + model,
                "--limit=2")
            .success();
    assertTrue(packed.out().contains("[CLS]"), packed::out);
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource
  void learnsWithARealModel(Project project) throws Exception {
    assertScore(project.leastOfReal, run(project, List.of()));
  }

  /** Runs the project's own configuration. */
  private JsonNode run(Project project, List<String> settings) throws Exception {
    return app.run(
            Stream.concat(
                    Stream.of(
                        "run",
                        project.task,
                        "--config=" + project.folder().resolve("app.yaml"),
                        "--output=" + folder.resolve("runs"),
                        "--json",
                        "--set=device=cpu",
                        "--set=engine=tensorflow"),
                    settings.stream())
                .toArray(String[]::new))
        .json();
  }

  private static void assertScore(double least, JsonNode run) {
    double score = run.get("metrics").get(run.get("primary").asText()).asDouble();
    assertTrue(score >= least, run::toString);
  }

  private static Path jar(Project project) {
    return project.folder().resolve("target/bertctl-%s-1.0.0.jar".formatted(project.task));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path name = from.relativize(file);
        assertFalse(name.startsWith("target"), "built in the sources: " + file);
        Path copy = to.resolve(name);
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
