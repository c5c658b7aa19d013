// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.application.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that files stop: for want of room, because data cannot be read, and because they are
 * others. Each time it goes on once that is put right, and ends as one that nothing stopped.
 */
@EnabledOnOs(OS.LINUX)
class StoppedRunIT {

  private static final PackagedApp APP = PackagedApp.built();

  @TempDir Path folder;

  @Test
  void goesOnOnceThatIsPutRight() throws Exception {
    SmallRun run = new SmallRun(APP, folder);
    run.into("whole").run().success();
    final Map<String, String> whole = run.outcome();
    run.into("stopped");

    String room = stopped(run, StoppedRunIT::leaveNoRoom);
    assertTrue(
        room.startsWith("cannot write " + run.unfinished()) && room.contains("File too large"),
        room);

    Path elsewhere = folder.resolve("elsewhere.jsonl");
    String missing = stopped(run, process -> Files.move(run.validation(), elsewhere), "--resume");
    assertTrue(missing.contains(run.validation().toString()), missing);

    Files.move(elsewhere, run.validation());
    final byte[] rows = Files.readAllBytes(run.validation());
    String other =
        stopped(
            run,
            process -> Files.write(run.validation(), rows, StandardOpenOption.APPEND),
            "--resume");
    assertEquals(
        run.validation() + ": has changed since the run began; restore what it had", other);

    Files.write(run.validation(), rows);
    PackagedApp.Result result = run.run("--resume").success();
    assertTrue(result.err().contains("\nresuming after step "), result.err());
    run.assertOutcome(whole, "");
  }

  private String stopped(SmallRun run, Stop stop, String... options) throws Exception {
    long before = run.lastCheckpoint().orElse(0);
    Process process = run.start(options);
    assertTrue(
        SmallRun.await(process, () -> run.lastStep() > before + 2 * SmallRun.CHECKPOINT_EVERY));
    stop.stop(process);
    PackagedApp.Result result = PackagedApp.await(process);
    assertEquals(ExitCode.FAILED, result.exitCode(), result.err());
    Matcher error =
        Pattern.compile(
                "\nbertctl: (.*); put that right, and the same command with --resume goes on after"
                    + " step (\\d+)\n$")
            .matcher(result.err());
    assertTrue(error.find(), result.err());
    assertEquals(run.lastCheckpoint().orElseThrow(), Long.parseLong(error.group(2)));
    return error.group(1);
  }

  /** No file grows beyond a few bytes, as if the disk were full. */
  private static void leaveNoRoom(Process process) throws Exception {
    Process limit =
        new ProcessBuilder("prlimit", "--fsize=100", "--pid=" + process.pid()).inheritIO().start();
    assertEquals(0, limit.waitFor());
  }

  private interface Stop {
    void stop(Process process) throws Exception;
  }
}
