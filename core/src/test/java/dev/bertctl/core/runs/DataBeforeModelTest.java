// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.core.config.SplitName;
import dev.bertctl.runtime.options.ConfigException;
import dev.bertctl.spi.data.DataException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with the data is told before a model is fetched, here one that there is not. */
class DataBeforeModelTest {

  @TempDir Path folder;

  @Test
  void packReadsItsSplitFirst() {
    TinyRun run = run(List.of("the cat,a dog,yes", "a bird,a tree"));
    assertProblem(
        3,
        () ->
            new PackingPreview(run.config(), TinyRun.STORE)
                .run(SplitName.TRAIN, 1, (view, example, features) -> {}));
  }

  @Test
  void runReadsAllSplitsFirst() {
    TinyRun run = run(List.of("the cat,a dog,yes", "a bird,a tree,no"));
    for (String split : List.of("validation", "test")) {
      run.rows(split, List.of("the cat,a dog,yes", "a bird,a tree,no", "x"));
      assertProblem(split, 4, run::run);
      run.rows(split, List.of("the cat,a dog,yes"));
    }
    run.set("data.columns.frist", "first");
    assertEquals(
        "a test: data.columns.frist: the task reads no such column; it reads: first, second, label",
        assertThrows(ConfigException.class, run::run).getMessage());
  }

  private TinyRun run(List<String> rows) {
    return new TinyRun(folder, 0).rows("train", rows).set("model", "hf:nobody/has-this-model");
  }

  private void assertProblem(int line, Executable job) {
    assertProblem("train", line, job);
  }

  private void assertProblem(String split, int line, Executable job) {
    assertEquals(
        folder.resolve(split + ".csv") + ":" + line,
        assertThrows(DataException.class, job).getMessage().split(": ")[0]);
  }
}
