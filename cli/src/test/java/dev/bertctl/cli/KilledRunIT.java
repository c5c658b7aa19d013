// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is killed again and again, at moments that chance chooses, ends as one that nobody
 * killed. {@code cli/src/test/kill/random} does the same as often as one likes.
 */
class KilledRunIT {

  private static final PackagedApp APP = PackagedApp.built();
  private static final int KILLS = 4;

  /** Steps at most from one kill to the next; all of them are in the first third of the run. */
  private static final int LONGEST_WAY = SmallRun.STEPS / 3 / KILLS;

  private static final int LONGEST_DELAY_MILLIS = 20;

  @TempDir Path folder;

  @Test
  void endsAsIfNobodyHadKilledIt() throws Exception {
    SmallRun run = new SmallRun(APP, folder);
    run.into("whole").run().success();
    final Map<String, String> whole = run.outcome();

    long seed = System.nanoTime();
    String chance = " (seed %d)".formatted(seed);
    Random random = new Random(seed);
    run.into("killed");
    killAfterLine(run, 1 + random.nextInt(10));
    for (int i = 0; i < KILLS; i++) {
      // Beyond all steps there are in the history: those after the checkpoint are made again.
      long step = run.lastStep() + 4 + random.nextInt(LONGEST_WAY - 4);
      killAtStep(run, step, random.nextInt(LONGEST_DELAY_MILLIS), chance);
    }
    List<Long> checkpoints = run.checkpoints();
    int last = checkpoints.size() - 1;
    final Path altered = run.checkpoint(checkpoints.get(last)).resolve("variables.safetensors");
    final Path truncated = run.checkpoint(checkpoints.get(last - 1)).resolve("state.json");
    alter(altered, random);
    truncate(truncated, random);
    PackagedApp.Result result = run.run("--resume").success();

    assertTrue(
        Pattern.compile(
                """
                \\Q%s\\E: is not what the unfinished run wrote \\(.*\\); going back to the checkpoint before it
                \\Q%s\\E: .*; going back to the checkpoint before it
                resuming after step %d
                """
                    .formatted(altered, truncated, checkpoints.get(last - 2)))
            .matcher(result.err())
            .find(),
        result.err() + chance);
    run.assertOutcome(whole, chance);
  }

  /** In its beginning, before there is anything to go on with. */
  private static void killAfterLine(SmallRun run, int lines) throws Exception {
    Process process = run.start();
    try (var err = process.errorReader()) {
      for (int i = 0; i < lines; i++) {
        err.readLine();
      }
      SmallRun.send("KILL", process);
      process.waitFor();
    }
  }

  /** Once a step is made, and a moment later. */
  private static void killAtStep(SmallRun run, long step, int millis, String chance)
      throws Exception {
    final OptionalLong checkpoint = run.lastCheckpoint();
    Process process = run.start("--resume");
    SmallRun.await(process, () -> run.lastStep() >= step);
    Thread.sleep(millis);
    SmallRun.send("KILL", process);
    PackagedApp.Result killed = PackagedApp.await(process);
    assertEquals(128 + 9, killed.exitCode(), killed.err() + chance);
    Matcher resumed = Pattern.compile("(?m)^resuming after step (\\d+)$").matcher(killed.err());
    assertEquals(
        checkpoint,
        resumed.find() ? OptionalLong.of(Long.parseLong(resumed.group(1))) : OptionalLong.empty(),
        killed.err() + chance);
    long last = run.lastStep();
    assertTrue(last >= step, last + chance);
    assertTrue(
        run.lastCheckpoint().orElse(0) + SmallRun.CHECKPOINT_EVERY >= last,
        () -> "after step " + last + chance);
  }

  private static void alter(Path file, Random random) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[random.nextInt(content.length)] ^= 1;
    Files.write(file, content);
  }

  private static void truncate(Path file, Random random) throws IOException {
    byte[] content = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(content, random.nextInt(content.length)));
  }
}
