// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.cli.PackagedApp.Result;
import dev.bertctl.core.trial.TrialRun;
import dev.bertctl.host.plugins.ProjectTemplate;
import dev.bertctl.spi.testkit.Promise;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plugins as their authors begin them: written, built, tried and tried again when broken. */
class NewPluginIT {

  /** What Maven fetches for one of the projects serves all. */
  @TempDir static Path repository;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void aNewProjectBuildsAndPassesAtOnce(ProjectTemplate head) throws Exception {
    String task = "my-own-" + head;
    Result made = project(task, head);
    assertEquals(List.of("1", "2", "3", "4"), edits(made.out()));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(folder.resolve("made")), files.toList(), "nothing else is left");
    }

    Result built = CleanRepository.without(repository).verify(folder.resolve("made"));

    assertEquals(0, built.exitCode(), built::out);
    assertTrue(
        Files.isRegularFile(
            repository.resolve(
                "dev/bertctl/bertctl-spi/%1$s/bertctl-spi-%1$s.jar"
                    .formatted(System.getProperty("bertctl.version")))),
        "the SPI is taken from the application");
    assertEquals(
        "bertctl-%s-1.0.0-SNAPSHOT.jar".formatted(task),
        CleanRepository.jar(folder.resolve("made")).getFileName().toString());
    String out = built.out().replaceAll("(?m)^\\[INFO\\] +\\[exec\\] ", "");
    assertEquals(
        Stream.concat(
                Arrays.stream(Promise.values()).map(Promise::toString), Stream.of(TrialRun.PROMISE))
            .map(promise -> "ok      " + promise)
            .toList(),
        out.lines().filter(line -> line.startsWith("ok")).toList());
    assertTrue(out.contains("\npassed: it can be installed\n"), out);
    assertTrue(
        out.contains("maven   com.example:bertctl-%s:1.0.0-SNAPSHOT\n".formatted(task)), out);
  }

  @Test
  void aHeadThatCannotBeBuiltFailsTheBuild() throws Exception {
    project("my-own", ProjectTemplate.CUSTOM);
    Path head = folder.resolve("made/src/main/java/com/example/myown/MyOwnHead.java");
    String source = Files.readString(head);
    String losses = "    Operand<TFloat32> losses";
    assertTrue(source.contains(losses), source);
    Files.writeString(
        head,
        source.replace(
            losses,
            "    logits = graph.tf().math.mul(logits, graph.tf().onesLike(logits));\n" + losses));

    Result built = CleanRepository.without(repository).verify(folder.resolve("made"));

    assertEquals(1, built.exitCode(), built::out);
    assertTrue(
        built
            .out()
            .contains(
                "broken  %s: the head of task 'my-own' cannot be trained: the op OnesLike has no gradient in TensorFlow %s"
                    .formatted(TrialRun.PROMISE, System.getProperty("bertctl.tensorflow"))),
        built::out);
    assertTrue(
        built.out().contains("bertctl cannot use this plugin: see what `plugins check` says above"),
        built::out);
  }

  private Result project(String task, ProjectTemplate head) throws Exception {
    return PackagedApp.built()
        .in(folder)
        .run("plugins", "new", task, "--head=" + head, "--package=com.example", "--dir=made")
        .success();
  }

  private static List<String> edits(String out) {
    return out.lines()
        .filter(line -> line.startsWith("  "))
        .map(line -> line.strip().substring(0, 1))
        .toList();
  }

  @Test
  void aBuiltInNameIsRefused() throws Exception {
    assertEquals(
        new Result(1, "", "bertctl: 'nli' is the name of a built-in task; choose another\n"),
        PackagedApp.built().in(folder).run("plugins", "new", "nli", "--head=custom"));
  }
}
