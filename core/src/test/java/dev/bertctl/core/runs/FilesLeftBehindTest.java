// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.TinyTask;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.options.ConfigException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.TextPacking;
import dev.bertctl.spi.packing.Truncation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in a run's folder, and that it is not there if nothing was done. */
class FilesLeftBehindTest {

  @TempDir Path folder;
  private TinyRun run;

  @BeforeEach
  void data() {
    run =
        new TinyRun(folder, 0)
            .pairs("train", 8, 1)
            .pairs("validation", 6, 2)
            .pairs("test", 6, 3)
            .set("train.epochs", 2);
  }

  @Test
  void aFinishedRunLeavesItsResultsAlone() throws IOException {
    List<String> underWay = new ArrayList<>();
    run.run(
        RunMode.NEW,
        new TinyRun.Listener() {
          @Override
          public void advance(long done, String detail) {
            if (title().equals("epoch 1 of 2") && underWay.isEmpty()) {
              underWay.addAll(names(run.workplace()));
              assertFalse(Files.exists(run.results()));
            }
          }
        });
    // The features are in the run's hidden folder while it trains.
    assertEquals(
        1,
        underWay.stream().filter(name -> name.startsWith(".features-")).count(),
        underWay::toString);
    assertEquals(
        List.of(
            ".inputs.json",
            "history.jsonl",
            "metrics.json",
            "model",
            "predictions.jsonl",
            "report.html",
            "report.json",
            "resolved.yaml",
            "run.log",
            "tensorboard"),
        names(run.results()));
    assertFalse(Files.exists(run.workplace()));
  }

  @Test
  void badDataLeaveNoFolder() {
    String bad = "the cat,a dog,perhaps";
    for (String split : List.of("train", "validation", "test")) {
      TinyRun with =
          new TinyRun(folder, 0)
              .pairs("train", 8, 1)
              .pairs("validation", 6, 2)
              .pairs("test", 6, 3)
              .rows(split, List.of("the cat,a dog,yes", bad));
      DataException e = assertThrows(DataException.class, with::run);
      assertEquals(folder.resolve(split + ".csv"), Path.of(e.getMessage().split(":")[0]));
      assertFalse(Files.exists(folder.resolve("runs")));
    }
  }

  @Test
  void neitherDoesASplitThatIsNotThereOrAColumnThatNoneHas() {
    run.set("data.columns.third", "third");
    assertThrows(ConfigException.class, run::run);
    assertFalse(Files.exists(run.results()));
    TinyRun other =
        new TinyRun(folder, 0).pairs("train", 8, 1).set("data.test", folder.resolve("none.csv"));
    assertThrows(ConfigException.class, other::run);
    assertFalse(Files.exists(other.results()));
  }

  @Test
  void neitherDoesAHeadThatCannotBeBuiltOrAPackingThatFails() {
    InputPacking<LabelledText> failing =
        (example, packer) -> {
          throw new IllegalStateException("cannot be packed");
        };
    InputPacking<LabelledText> broken =
        (example, packer) -> {
          throw new NoClassDefFoundError("a class of a plugin");
        };
    InputPacking<LabelledText> stock = new TextPacking(Truncation.LONGEST_FIRST);
    assertFails(IllegalStateException.class, failing, new ClassifierHead(List.of("no", "yes")));
    assertFails(NoClassDefFoundError.class, broken, new ClassifierHead(List.of("no", "yes")));
    assertFails(IllegalStateException.class, stock, new ClassifierHead(List.of("only")));
  }

  private <T extends Throwable> void assertFails(
      Class<T> failure, InputPacking<LabelledText> packing, Head head) {
    run.task(
        new TinyTask(
            labels -> {
              Task<LabelledText, Classification> task = TinyTask.classification(labels);
              Task.Scoring<LabelledText, Classification> scoring = task.scoring().orElseThrow();
              return Task.of(task.reader(), packing, head, task.decoder())
                  .scoredBy(scoring.metric(), scoring.predictions());
            }));
    assertThrows(failure, run::run);
    assertFalse(Files.exists(run.results()));
  }

  /** The weights of a pair of labels do not fit three. */
  @Test
  void neitherDoesAModelThatDoesNotFit() {
    run.run();
    TinyRun three =
        new TinyRun(folder, 0)
            .set("labels", "no,yes,maybe")
            .set("model", run.file("model"))
            .set("output", folder.resolve("three"))
            .pairs("train", 8, 1);
    assertThrows(UserException.class, three::run);
    assertFalse(Files.exists(three.results()));
  }

  @Test
  void badDataLeaveEarlierResultsAsTheyAre() {
    run.run();
    Map<String, String> earlier = run.published();
    run.rows("validation", List.of("the cat,a dog,perhaps"));
    assertThrows(DataException.class, () -> run.run(RunMode.OVERWRITE, new TinyRun.Listener()));
    assertEquals(earlier, run.published());
    assertFalse(Files.exists(run.workplace()));
  }

  @Test
  void noFeaturesAreLeftWhereARunStops() {
    for (String title : List.of("epoch 1 of 2", "evaluating epoch 1", "evaluating test")) {
      TinyRun.Listener stop =
          new TinyRun.Listener() {
            @Override
            public void begin(String now, Counted counted, long total) {
              if (now.equals(title)) {
                assertEquals(1, features());
                throw new IllegalStateException("stop");
              }
            }
          };
      assertThrows(IllegalStateException.class, () -> run.run(RunMode.OVERWRITE, stop));
      assertEquals(0, features(), title);
    }
    run.run(RunMode.RESUME, new TinyRun.Listener());
    assertFalse(Files.exists(run.workplace()));
  }

  @Test
  void noFeaturesAreLeftWhereTheThreadIsInterrupted() {
    TinyRun.Listener interrupting =
        new TinyRun.Listener() {
          @Override
          public void begin(String title, Counted counted, long total) {
            if (title.equals("evaluating epoch 1")) {
              Thread.currentThread().interrupt();
            }
          }
        };
    assertEquals(
        "interrupted",
        assertThrows(InterruptedRunException.class, () -> run.run(RunMode.NEW, interrupting))
            .getMessage());
    Thread.interrupted();
    assertEquals(0, features());
  }

  private long features() {
    return Files.exists(run.workplace())
        ? names(run.workplace()).stream().filter(name -> name.startsWith(".features-")).count()
        : 0;
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return List.copyOf(new TreeSet<>(files.map(file -> file.getFileName().toString()).toList()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
