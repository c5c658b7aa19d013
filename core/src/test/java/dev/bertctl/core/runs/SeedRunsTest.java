// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedRunsTest {

  @TempDir Path folder;
  private TinyRun run;

  @BeforeEach
  void data() {
    run =
        new TinyRun(folder, 0.1)
            .set("train.epochs", 2)
            .pairs("train", 24, 1)
            .pairs("validation", 12, 2)
            .pairs("test", 12, 3);
  }

  @Test
  void eachSeedGivesWhatARunOfItsOwnGives() throws IOException {
    TinyRun.Listener listener = new TinyRun.Listener();
    SeedRuns seeds = seeds(RunMode.NEW, listener);
    SeedsResult found = seeds.run();

    assertEquals(3, listener.splits().size(), "each split is read once for all seeds");
    assertTrue(
        listener.notices().containsAll(List.of("seed 5 (1 of 2)", "seed 9 (2 of 2)")),
        listener.notices()::toString);
    for (SeedsResult.Run one : found.runs()) {
      run.set("train.seed", one.seed()).run();
      assertArrayEquals(
          Files.readAllBytes(run.weights()),
          Files.readAllBytes(one.folder().resolve("model/model.safetensors")));
      assertEquals(run.json("metrics.json"), TinyRun.tree(one.result().fields()));
    }
    assertEquals(
        TinyRun.tree(found.fields()), TinyRun.read(seeds.folder().resolve("seeds.json")).get(0));
    assertFalse(Files.exists(seeds.folder().resolveSibling(".tiny-seeds")));
  }

  @Test
  void resumingKeepsFinishedSeedsAndGoesOnWithTheInterruptedOne() throws IOException {
    SeedsResult whole = seeds(RunMode.NEW, new TinyRun.Listener()).run();
    final byte[] weights = weights(whole);

    run.set("output", folder.resolve("interrupted"));
    TinyRun.Listener stop =
        new TinyRun.Listener() {
          @Override
          public void advance(long done, String detail) {
            if (notices().contains("seed 9 (2 of 2)")
                && title().equals("epoch 2 of 2")
                && done > 8) {
              throw new Stop();
            }
          }
        };
    SeedRuns interrupted = seeds(RunMode.NEW, stop);
    assertThrows(Stop.class, interrupted::run);
    assertTrue(interrupted.canResume());
    assertFalse(Files.exists(interrupted.folder().resolve("seeds.json")));

    UserException e =
        assertThrows(UserException.class, () -> seeds(RunMode.NEW, new TinyRun.Listener()).run());
    assertEquals(
        interrupted.folder().resolve("seed-5") + ": the results of a finished run are here",
        e.getMessage());

    TinyRun.Listener listener = new TinyRun.Listener();
    SeedsResult resumed = seeds(RunMode.RESUME, listener).run();
    assertTrue(
        listener
            .notices()
            .containsAll(
                List.of(
                    "the run in %s is finished; nothing is left to do"
                        .formatted(interrupted.folder().resolve("seed-5")),
                    "resuming after step 6")),
        listener.notices()::toString);
    assertArrayEquals(weights, weights(resumed));
  }

  private static byte[] weights(SeedsResult found) throws IOException {
    return Files.readAllBytes(found.runs().get(1).folder().resolve("model/model.safetensors"));
  }

  private SeedRuns seeds(RunMode mode, RunListener listener) {
    return new SeedRuns(
        run.config(), List.of(5L, 9L), TinyRun.STORE, mode, listener, new Interruption());
  }

  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
