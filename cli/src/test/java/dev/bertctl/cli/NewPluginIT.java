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

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void aNewProjectBuildsAndPassesAtOnce(ProjectTemplate head) throws Exception {
    PackagedApp app = PackagedApp.built().in(folder);
    String task = "my-own-" + head;
    Result made =
        app.run("plugins", "new", task, "--head=" + head, "--package=com.example", "--dir=made");
    assertEquals(0, made.exitCode(), made::err);
    assertEquals(List.of("1", "2", "3", "4"), edits(made.out()));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(folder.resolve("made")), files.toList(), "nothing else is left");
    }

    Path jar = CleanRepository.in(folder.resolve("repository")).build(folder.resolve("made"));

    assertEquals("bertctl-%s-1.0.0-SNAPSHOT.jar".formatted(task), jar.getFileName().toString());
    Result checked = app.run("plugins", "check", jar.toString(), "--samples=made/samples.tsv");
    assertEquals(0, checked.exitCode(), () -> checked.out() + checked.err());
    assertEquals(
        Stream.concat(
                Arrays.stream(Promise.values()).map(Promise::toString), Stream.of(TrialRun.PROMISE))
            .map(promise -> "ok      " + promise)
            .toList(),
        checked.out().lines().filter(line -> line.startsWith("ok")).toList());
    assertTrue(checked.out().endsWith("\npassed: it can be installed\n"), checked::out);
    assertTrue(
        checked.out().contains("maven   com.example:bertctl-%s:1.0.0-SNAPSHOT\n".formatted(task)),
        checked::out);
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
