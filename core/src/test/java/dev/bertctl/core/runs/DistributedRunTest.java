// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.distributed.ThreadProcesses;
import dev.bertctl.runtime.options.ConfigException;
import dev.bertctl.runtime.predict.PredictorOptions;
import dev.bertctl.runtime.registry.FoundTasks;
import dev.bertctl.runtime.registry.PluginRelease;
import dev.bertctl.runtime.registry.RegisteredTask;
import dev.bertctl.runtime.registry.TaskRegistry;
import dev.bertctl.runtime.tensorflow.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose steps are made by other processes. */
class DistributedRunTest {

  private static final Set<Integer> NONE = Set.of();

  @TempDir Path folder;
  private TinyRun run;

  @BeforeEach
  void data() {
    run =
        new TinyRun(folder, 0.1)
            .pairs("train", 24, 1)
            .pairs("validation", 12, 2)
            .pairs("test", 12, 3);
  }

  @Test
  void weightsAreThoseOfOneProcess() throws IOException {
    byte[] alone = alone();
    TinyRun.Listener listener = new TinyRun.Listener();
    ThreadProcesses processes = processes(List.of(2), NONE);
    distributed(processes, listener);
    assertArrayEquals(alone, Files.readAllBytes(run.weights()));
    assertTrue(
        listener.notices().contains("training in 2 processes: thread 0, thread 1"),
        listener.notices()::toString);
    assertFalse(Files.exists(run.workplace()));
  }

  /** In the second epoch; then there is one process less. */
  @Test
  void goesOnFromTheLastCheckpointWhenAProcessIsLost() throws IOException {
    byte[] alone = alone();
    TinyRun.Listener listener = new TinyRun.Listener();
    ThreadProcesses processes = processes(List.of(2, 1), Set.of(10));
    distributed(processes, listener);
    assertArrayEquals(alone, Files.readAllBytes(run.weights()));
    assertEquals(2, processes.begun());
    assertTrue(
        listener.notices().contains("thread 0 was lost: going back to the last checkpoint"),
        listener.notices()::toString);
  }

  @Test
  void beginsAnewWhenAProcessIsLostBeforeTheFirstCheckpoint() throws IOException {
    byte[] alone = alone();
    TinyRun.Listener listener = new TinyRun.Listener();
    distributed(processes(List.of(2), Set.of(3)), listener);
    assertArrayEquals(alone, Files.readAllBytes(run.weights()));
    assertTrue(
        listener.notices().contains("thread 0 was lost: going back to the beginning"),
        listener.notices()::toString);
  }

  @Test
  void givesUpWhenProcessesAreLostOverAndOver() {
    ThreadProcesses processes = processes(List.of(2), Set.of(1, 2, 3));
    UserException e =
        assertThrows(UserException.class, () -> distributed(processes, new TinyRun.Listener()));
    assertEquals("thread 0 was lost", e.getMessage());
    assertEquals(3, processes.begun());
  }

  /** The mean of processes that step alone is another training, and one that learns. */
  @Test
  void processesMayStepAloneForAWhile() throws IOException {
    byte[] alone = alone();
    run.set("train.distributed.synchronize-every", 4);
    distributed(processes(List.of(2), NONE), new TinyRun.Listener());
    byte[] averaged = Files.readAllBytes(run.weights());
    assertFalse(Arrays.equals(alone, averaged));
    run.set("train.distributed.wire", "float16");
    distributed(processes(List.of(2), NONE), new TinyRun.Listener());
    assertArrayEquals(averaged, Files.readAllBytes(run.weights()), "only gradients are rounded");
    run.set("train.distributed.synchronize-every", 1);
    distributed(processes(List.of(2), NONE), new TinyRun.Listener());
    assertFalse(Arrays.equals(alone, Files.readAllBytes(run.weights())));
  }

  @Test
  void float16AndStepsAloneAreRefused() {
    run.set("train.distributed.synchronize-every", 4).set("precision", "float16");
    ConfigException e =
        assertThrows(ConfigException.class, () -> new TrainingPlan(run.config()).requireSound());
    assertTrue(e.getMessage().contains("train.distributed.synchronize-every"), e.getMessage());
  }

  /** With the parts, and so the dropout, that two processes have. */
  private byte[] alone() throws IOException {
    run.set("output", folder.resolve("alone")).set("train.micro-batch-size", 2).run();
    byte[] weights = Files.readAllBytes(run.weights());
    run.set("output", folder.resolve("distributed")).set("train.micro-batch-size", 4);
    return weights;
  }

  private void distributed(ThreadProcesses processes, RunListener listener) {
    RunJob job =
        new RunJob(
            TinyRun.STORE,
            RunMode.OVERWRITE,
            listener,
            new Interruption(),
            Optional.of(() -> processes));
    new FineTuning(run.config(), job).run();
  }

  private ThreadProcesses processes(List<Integer> counts, Set<Integer> losses) {
    RegisteredTask task = RegisteredTask.of(run.plugin(), PluginRelease.of(run.plugin()));
    return new ThreadProcesses(
        PredictorOptions.DEFAULT
            .withDevice(Device.of("cpu"))
            .withTasks(TaskRegistry.of(() -> new FoundTasks(List.of(task), List.of()))),
        counts,
        losses);
  }
}
