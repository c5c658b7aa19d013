// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli.fuzz;

import dev.bertctl.cli.BuiltInTasks;
import dev.bertctl.cli.InProcess;
import dev.bertctl.cli.WordModel;
import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.core.runs.FineTuning;
import dev.bertctl.core.runs.Interruption;
import dev.bertctl.core.runs.Opening;
import dev.bertctl.core.runs.RunListener;
import dev.bertctl.core.runs.RunMode;
import dev.bertctl.core.runs.SplitSummary;
import dev.bertctl.download.DownloadListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Folders in which all is right: data, models and runs of each task, made on the spot. */
final class Templates {

  private static final Path EXAMPLES = Path.of("../examples");

  private final Path root;
  private final Path model;

  /**
   * @param root where to make them
   */
  Templates(Path root) throws IOException {
    this.root = root;
    this.model = WordModel.write(root.resolve("model"), EXAMPLES);
  }

  /** A tiny BERT without a head. */
  Path model() {
    return model;
  }

  /** A folder with one file. */
  Path file(String name, String content) throws IOException {
    Path folder = Files.createTempDirectory(root, "file-");
    Files.writeString(folder.resolve(name), content);
    return folder;
  }

  /** The first lines of an example file, in a folder of its own. */
  Path lines(String example, int count) throws IOException {
    Path file = EXAMPLES.resolve(example);
    List<String> lines = Files.readAllLines(file);
    return file(
        file.getFileName().toString(),
        String.join("\n", lines.subList(0, Math.min(count, lines.size()))) + "\n");
  }

  /**
   * The folder of a finished run.
   *
   * @param data of training and validation
   */
  Path run(String task, Path data, String... assignments) {
    Path output = root.resolve("runs");
    List<String> arguments = new ArrayList<>(List.of(arguments(task, data, output, assignments)));
    arguments.add("--overwrite");
    InProcess.Outcome outcome = InProcess.run(arguments.toArray(String[]::new));
    if (outcome.exitCode() != 0) {
      throw new IllegalStateException(task + ": " + outcome.err());
    }
    return output.resolve(task);
  }

  /** Arguments of a short run. */
  String[] arguments(String task, Path data, Path output, String... assignments) {
    List<String> arguments =
        new ArrayList<>(List.of("run", task, "--config", config(data).toString(), "--offline"));
    arguments.addAll(List.of("--set", "output=" + output));
    for (String assignment : assignments) {
      arguments.addAll(List.of("--set", assignment));
    }
    return arguments.toArray(String[]::new);
  }

  /** Leaves a run of two epochs that was cut off in the second. */
  void cutOff(String task, Path data, Path output) {
    var config =
        AppConfig.load(
            config(data),
            BuiltInTasks.plugin(task),
            List.of(
                new Assignment("output", output.toString(), "a test"),
                new Assignment("train.epochs", "2", "a test")));
    ModelStore store = ModelStore.ofUser(true, DownloadListener.NONE);
    try {
      new FineTuning(config, store, RunMode.NEW, new CuttingListener(), new Interruption()).run();
    } catch (CutException e) {
      return;
    }
    throw new IllegalStateException("the run was not cut off");
  }

  private static final class CutException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Ends a run before its second checkpoint. */
  private static final class CuttingListener implements RunListener {

    @Override
    public void evaluated(Evaluated evaluated) {
      if (evaluated.epochs() == 2) {
        throw new CutException();
      }
    }

    @Override
    public void opened(Opening opening) {}

    @Override
    public void read(SplitSummary split) {}

    @Override
    public void notice(String line) {}

    @Override
    public void begin(String title, Counted counted, long total) {}

    @Override
    public void advance(long done, String detail) {}

    @Override
    public void end() {}
  }

  private Path config(Path data) {
    try {
      Path file = Files.createTempFile(root, "app", ".yaml");
      return Files.writeString(
          file,
          """
          model: %s
          device: cpu
          max-length: 64
          train: {epochs: 1, batch-size: 8}
          data: {train: %s, validation: %s}
          """
              .formatted(model, data, data));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies a folder. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }
}
