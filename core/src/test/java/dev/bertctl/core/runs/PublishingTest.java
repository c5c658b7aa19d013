// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Results that take a run's name, by a process that may be killed at any moment. */
class PublishingTest {

  private static final Map<String, String> OLD =
      Map.of(
          "model/config.json",
          "old",
          "metrics.json",
          "{\"task_files\": [\"old.conll\"]}",
          "old.conll",
          "old",
          ".files.json",
          record("old.conll", "old"),
          "report.json",
          "old",
          "history.jsonl",
          "old",
          ".inputs.json",
          "{}");

  private static final Map<String, String> NEW =
      Map.of(
          "model/config.json",
          "new",
          "model/vocab.txt",
          "new",
          "metrics.json",
          "{\"task_files\": [\"new.json\"]}",
          "new.json",
          "new",
          "history.jsonl",
          "new",
          ".inputs.json",
          "{}");

  private static final Map<String, String> PUBLISHED =
      and(NEW, Map.of(".files.json", record("new.json", "new")));

  private static final Map<String, String> OWN = Map.of("notes/today.txt", "mine");

  @TempDir private Path temporary;
  private int runs;

  /** What is there before. */
  enum Before {
    NOTHING(Map.of()),
    OWN_FILES(OWN),
    RESULTS(OLD),
    RESULTS_AND_OWN_FILES(and(OLD, OWN));

    private final Map<String, String> files;

    Before(Map<String, String> files) {
      this.files = files;
    }

    Map<String, String> after() {
      return files.containsKey("notes/today.txt") ? and(PUBLISHED, OWN) : PUBLISHED;
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoIsKilledOnADiskThatExchangesNothingLeavesAWholeResult(Before before) {
    int operations = publishUntil(Integer.MAX_VALUE, before);
    assertTrue(operations > 10, operations + " operations");
    for (int left = 0; left < operations; left++) {
      publishUntil(left, before);
    }
  }

  /** Publishes, is killed, and does what the next run does: settles, and publishes if need be. */
  private int publishUntil(int left, Before before) {
    Path folder = prepare(before);
    FailingFileSystem failing = new FailingFileSystem(left);
    RunFolder run = new RunFolder(failing.of(folder));
    Runnable publishing =
        () ->
            run.alone(
                () -> {
                  run.publish(new UnfinishedRun(run.unfinished()).best(2));
                  return null;
                });
    if (left == Integer.MAX_VALUE) {
      publishing.run();
    } else {
      assertThrows(FailingFileSystem.Killed.class, publishing::run);
      assertWhole(folder, before);
      goOn(folder);
    }
    assertEquals(before.after(), files(folder));
    assertFalse(Files.exists(folder.resolveSibling(".nli")), "after %d".formatted(left));
    return failing.done();
  }

  /**
   * All of the old results or all of the new ones, under the run's name or about to get it back.
   */
  private void assertWhole(Path folder, Before before) {
    if (before.files.containsKey("model/config.json")) {
      RunFolder.restore(folder);
      Map<String, String> there = files(folder);
      assertTrue(
          there.entrySet().containsAll(OLD.entrySet())
              || there.entrySet().containsAll(NEW.entrySet()),
          there::toString);
    }
  }

  private static void goOn(Path folder) {
    RunFolder run = new RunFolder(folder);
    run.alone(
        () -> {
          if (Files.exists(run.unfinished())) {
            run.publish(new UnfinishedRun(run.unfinished()).best(2));
          }
          return null;
        });
  }

  @ParameterizedTest
  @EnumSource
  void onTheUsualDiskResultsChangePlacesInOneStep(Before before) throws IOException {
    Path folder = prepare(before);
    RunFolder run = new RunFolder(folder);
    run.alone(
        () -> {
          run.publish(new UnfinishedRun(run.unfinished()).best(2));
          return null;
        });
    assertEquals(before.after(), files(folder));
    assertFalse(Files.exists(folder.resolveSibling(".nli")));
  }

  @Test
  void aLinkStaysOne() throws IOException {
    Path folder = prepare(Before.RESULTS);
    Path link = Files.createSymbolicLink(temporary.resolve("link"), folder);
    RunFolder run = new RunFolder(link);
    run.alone(
        () -> {
          run.publish(new UnfinishedRun(run.unfinished()).best(2));
          return null;
        });
    assertTrue(Files.isSymbolicLink(link));
    assertEquals(PUBLISHED, files(folder));
  }

  /** Killed when the new results have the name, and the old ones are still there. */
  @Test
  void whatWasExchangedIsNotExchangedBack() throws IOException {
    Path folder = prepare(Before.RESULTS_AND_OWN_FILES);
    Path old = folder.resolveSibling(".nli/unfinished/best-2");
    Path aside = folder.resolveSibling("aside");
    Files.writeString(old.resolve(".publishing"), "best-2");
    Files.move(old, aside);
    Files.move(folder, old);
    Files.move(aside, folder);
    new RunFolder(folder).alone(Optional::empty);
    assertEquals(and(NEW, OWN), files(folder));
    assertFalse(Files.exists(folder.resolveSibling(".nli")));
  }

  /** What a file lists may have been written by anyone; its name is no reason to lose a file. */
  /** They are of a process that was killed while it wrote the file that they are beside. */
  @Test
  void locksAndHalvesOfResultsAreNoFilesOfSomeoneElses() {
    Path folder = temporary.resolve("run");
    write(
        folder,
        and(
            OLD,
            Map.of(
                ".metrics.json.lock", "",
                ".old.conll.lock", "",
                "old.conll.partial", "ol",
                "model/.config.json.lock", "",
                "model/model.safetensors.partial", "")));
    assertEquals(List.of(), new WrittenFiles(folder).others());
    write(folder, Map.of(".thesis.txt.lock", ""));
    assertEquals(List.of(folder.resolve(".thesis.txt.lock")), new WrittenFiles(folder).others());
  }

  @Test
  void whatAForgedRecordListsStays() throws IOException {
    Path folder = prepare(Before.RESULTS);
    Path outside = Files.writeString(folder.resolveSibling("x"), "mine");
    String thesis = Files.writeString(folder.resolve("thesis.txt"), "mine").getFileName() + "";
    Files.writeString(
        folder.resolve("metrics.json"), "{\"task_files\": [\"../x\", \"%s\"]}".formatted(thesis));
    Files.writeString(
        folder.resolve(".files.json"),
        "{\"../x\": \"%s\", \"%s\": \"%s\"}"
            .formatted(FileSums.of("mine"), thesis, FileSums.of("else")));
    RunFolder run = new RunFolder(folder);
    run.alone(
        () -> {
          run.publish(new UnfinishedRun(run.unfinished()).best(2));
          return null;
        });
    assertEquals(
        and(and(PUBLISHED, Map.of(thesis, "mine")), Map.of("old.conll", "old")), files(folder));
    assertEquals("mine", Files.readString(outside));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"model/thesis.txt", "tensorboard/thesis.txt", "metrics.json/a", "new.json"})
  void whatIsInTheWayIsNamedAndStays(String name) throws IOException {
    Path folder = prepare(Before.OWN_FILES);
    write(folder, Map.of(name, "mine"));
    RunFolder run = new RunFolder(folder);
    UserException refusal =
        assertThrows(
            UserException.class,
            () ->
                run.alone(
                    () -> {
                      run.publish(new UnfinishedRun(run.unfinished()).best(2));
                      return null;
                    }));
    assertEquals(
        "%s: no run wrote that, and it is in the way of a run's results; move it elsewhere"
            .formatted(folder.resolve(name.replace("json/a", "json"))),
        refusal.getMessage());
    assertEquals(and(OWN, Map.of(name, "mine")), files(folder));

    FileTree.delete(folder.resolve(name.replaceFirst("/.*", "")));
    goOn(folder);
    assertEquals(and(PUBLISHED, OWN), files(folder));
  }

  @Test
  void aHiddenFolderOfSomeoneElsesIsLeftAsItIs() throws IOException {
    Path folder = temporary.resolve("ssh");
    write(temporary.resolve(".ssh"), Map.of("id", "secret"));
    UserException refusal =
        assertThrows(UserException.class, () -> new RunFolder(folder).alone(() -> null));
    assertEquals(
        "%s: no run made that, and it is in a folder that this run needs; move it elsewhere, or give this run a folder of its own with another 'output'"
            .formatted(temporary.resolve(".ssh/id")),
        refusal.getMessage());
    assertEquals(Map.of("id", "secret"), files(temporary.resolve(".ssh")));
  }

  /** As {@link WrittenFiles} has it. */
  private static String record(String name, String content) {
    return "{\n  \"%s\" : \"%s\"\n}".formatted(name, FileSums.of(content));
  }

  private Path prepare(Before before) {
    Path folder = temporary.resolve(Integer.toString(runs++)).resolve("nli");
    write(folder, before.files);
    Path unfinished = folder.resolveSibling(".nli/unfinished");
    write(unfinished.resolve("best-2"), NEW);
    write(
        unfinished,
        Map.of("checkpoint-3/state.json", "{}", "checkpoint-3/variables.safetensors", "weights"));
    return folder;
  }

  private static void write(Path folder, Map<String, String> files) {
    files.forEach(
        (name, content) -> {
          try {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), content);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static Map<String, String> files(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      Map<String, String> files = new TreeMap<>();
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), Files.readString(file));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> and(Map<String, String> one, Map<String, String> other) {
    Map<String, String> both = new LinkedHashMap<>(one);
    both.putAll(other);
    return both;
  }
}
