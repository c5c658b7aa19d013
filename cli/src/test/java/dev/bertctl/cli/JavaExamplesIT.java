// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.cli.PackagedApp.Result;
import dev.bertctl.runtime.files.FileTree;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The Java programs of the folder {@code examples}, as a team has them that copies one: built by
 * Maven against bertctl's jars and those of their framework, and started in processes of their own.
 * They say what {@code bertctl predict} says.
 */
class JavaExamplesIT {

  private static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TEXTS =
      List.of(
          "Warm, light and cheap.",
          "It broke at once, and nobody answered.",
          "Für den Preis ganz gut \uD83D\uDE00",
          "no",
          "The strap is long enough, the zip is not, and the colour is not the one I ordered.");

  @TempDir private static Path shared;
  private static CleanRepository repository;
  private static Path model;
  private static List<JsonNode> expected;

  @TempDir private Path folder;

  @BeforeAll
  static void train() throws Exception {
    // What Maven fetches of the frameworks serves the next run too; of bertctl nothing is kept.
    Path fetched = PackagedApp.builtFolder().resolveSibling("examples-repository");
    FileTree.delete(fetched.resolve("dev/bertctl"));
    repository = CleanRepository.in(fetched);
    repository.publish("bertctl-runtime", "core/runtime");
    repository.publish("bertctl-text-classification", "plugins/text-classification");
    PackagedApp app = PackagedApp.built().in(shared);
    Path data = EXAMPLES.resolve("text-classification");
    app.run(
            "run",
            "text-classification",
            "--offline",
            "--config=" + data.resolve("app.yaml"),
            "--output=" + shared.resolve("runs"),
            "--set=device=cpu",
            "--set=model=" + WordModel.write(shared.resolve("encoder"), data),
            "--set=train.epochs=25",
            "--set=train.learning-rate=3e-3",
            "--set=max-length=32")
        .success();
    model = shared.resolve("runs/text-classification");
    List<String> line = new ArrayList<>(List.of("predict", model.toString()));
    line.addAll(TEXTS);
    String lines = app.run(line.toArray(String[]::new)).success().out();
    expected = JSON.readerFor(JsonNode.class).<JsonNode>readValues(lines).readAll();
    assertEquals(2, expected.stream().map(row -> row.get("predicted")).distinct().count(), lines);
  }

  private Path build(String example) throws Exception {
    Path project = folder.resolve(example);
    try (Stream<Path> files = Files.walk(EXAMPLES.resolve(example))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = project.resolve(EXAMPLES.resolve(example).relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    Result built = repository.verify(project);
    assertEquals(0, built.exitCode(), built::out);
    return project.resolve("target");
  }

  /** By itself, with nothing of the process changed, and by DJL. */
  @Test
  void aPlainProgramSaysTheSameAndLeavesItsProcessAsItWas() throws Exception {
    Path target = build("plain-java");
    Path jar = target.resolve("plain-java-1.0.0.jar");
    String classes =
        String.join(
            File.pathSeparator,
            Path.of(HostState.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString(),
            jar.toString());

    assertSame(java("-jar", jar.toString()).success().out());
    assertSame(
        java("-cp", classes, HostState.class.getName(), "org.example.Reviews").success().out());
    assertSame(
        java("-cp", classes, HostState.class.getName(), "org.example.ReviewsWithDjl")
            .success()
            .out());
  }

  /** Runs a program with the model and the texts. */
  private Result java(String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8"));
    line.addAll(List.of(arguments));
    line.add(model.toString());
    line.addAll(TEXTS);
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    return PackagedApp.await(builder.start());
  }

  private static void assertSame(String out) {
    List<String> lines = out.lines().toList();
    assertEquals(TEXTS.size(), lines.size(), out);
    for (int i = 0; i < TEXTS.size(); i++) {
      String[] fields = lines.get(i).split("\t");
      JsonNode row = expected.get(i);
      String label = row.get("predicted").asText();
      assertEquals(label, fields[0], out);
      double probability = row.get("probabilities").get(label).asDouble();
      assertEquals(probability, Double.parseDouble(fields[1]), 1e-4, out);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"spring-boot", "quarkus"})
  void aServiceSaysTheSameToManyAtOnce(String framework) throws Exception {
    Path target = build(framework);
    boolean spring = framework.equals("spring-boot");
    Path jar = target.resolve(spring ? "spring-boot-1.0.0.jar" : "quarkus-app/quarkus-run.jar");
    List<Map<String, String>> rows =
        Collections.nCopies(10, TEXTS).stream()
            .flatMap(List::stream)
            .map(text -> Map.of("text", text))
            .toList();
    try (ExampleService service =
        new ExampleService(
            folder,
            spring ? "server.port" : "quarkus.http.port",
            "-Dreviews.model=" + model,
            "-jar",
            jar.toString())) {

      List<HttpResponse<String>> answers = service.post(rows);

      for (int i = 0; i < answers.size(); i++) {
        assertEquals(200, answers.get(i).statusCode(), answers.get(i)::body);
        assertAnswer(expected.get(i % TEXTS.size()), JSON.readTree(answers.get(i).body()));
      }
      HttpResponse<String> wrong = service.post(List.of(Map.of("txt", "good"))).get(0);
      assertEquals(422, wrong.statusCode(), wrong::body);
      String problem = JSON.readTree(wrong.body()).get("detail").asText();
      assertTrue(problem.contains("no column 'text'"), problem);
      assertEquals(
          List.of(),
          service.systemProperties().stream()
              .filter(
                  name -> name.matches("(?i).*(djl|jna|javacpp|tensorflow|rust|tracking|onnx).*"))
              .toList());
    }
  }

  private static void assertAnswer(JsonNode row, JsonNode answer) {
    assertEquals(row.get("predicted"), answer.get("predicted"));
    for (Map.Entry<String, JsonNode> label : row.get("probabilities").properties()) {
      assertEquals(
          label.getValue().asDouble(),
          answer.get("probabilities").get(label.getKey()).asDouble(),
          1e-4);
    }
  }
}
