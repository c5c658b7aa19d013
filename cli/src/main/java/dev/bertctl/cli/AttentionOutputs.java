// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.attention.AttentionJson;
import dev.bertctl.core.attention.AttentionPage;
import dev.bertctl.core.attention.AttentionSink;
import dev.bertctl.core.attention.AttentionView;
import dev.bertctl.core.attention.ShownModel;
import dev.bertctl.runtime.attention.HeadDifference;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.WholeFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where attention goes: files whose endings tell their form, else standard output. */
@Command
final class AttentionOutputs {

  private static final String PAGE = ".html";
  private static final String JSON = ".json";
  private static final String TEXT = ".txt";
  private static final List<String> ENDINGS = List.of(PAGE, JSON, TEXT);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Where to write, by its ending: .html (a page for a browser), .json (all weights) or .txt;"
              + " may be given several times. Text on standard output unless given.")
  private List<Path> files = List.of();

  /** Whether nothing is written but to standard output. */
  boolean isToStandardOutput() {
    return files.isEmpty();
  }

  /**
   * Makes sure that the files can be written, before weights are computed for them.
   *
   * @throws ParameterException if an ending is not known
   * @throws FileException if the file system refuses
   */
  void requireWritable() {
    for (Path file : files) {
      if (!ENDINGS.contains(ending(file))) {
        throw new ParameterException(
            command.commandLine(),
            "--output %s: the name's ending does not tell the form; known endings: %s"
                .formatted(file, String.join(", ", ENDINGS)));
      }
    }
    files.forEach(WholeFile::requireWritable);
  }

  private static String ending(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.substring(Math.max(0, name.lastIndexOf('.')));
  }

  /**
   * Writes what a job gives.
   *
   * @param json whether standard output is given JSON, beside any files
   * @param listener is told which files were written
   */
  void write(Consumer<AttentionSink> job, boolean json, PrintWriter out, JobListener listener) {
    List<AttentionSink> sinks = new ArrayList<>();
    if (json) {
      sinks.add(new AttentionJson(out));
    } else if (files.isEmpty()) {
      sinks.add(new AttentionText(out));
    }
    List<Path> pages = files.stream().filter(file -> ending(file).equals(PAGE)).toList();
    if (!pages.isEmpty()) {
      sinks.add(new AttentionPage(pages, listener::notice));
    }
    write(files.stream().filter(file -> !pages.contains(file)).toList(), sinks, job);
    files.forEach(file -> listener.notice("written: " + file));
  }

  /** All are open at once, as the weights of an input are computed once. */
  private static void write(
      List<Path> streamed, List<AttentionSink> sinks, Consumer<AttentionSink> job) {
    if (streamed.isEmpty()) {
      job.accept(new Several(sinks));
      return;
    }
    Path file = streamed.get(0);
    WholeFile.write(
        file,
        partial -> {
          try (BufferedWriter writer = Files.newBufferedWriter(partial)) {
            List<AttentionSink> more = new ArrayList<>(sinks);
            more.add(new OfFile(file, sink(file, writer)));
            write(streamed.subList(1, streamed.size()), more, job);
          }
        });
  }

  private static AttentionSink sink(Path file, Writer writer) {
    return ending(file).equals(JSON) ? new AttentionJson(writer) : new AttentionText(writer);
  }

  /**
   * Several at once.
   *
   * @param sinks all of them
   */
  private record Several(List<AttentionSink> sinks) implements AttentionSink {

    @Override
    public void begin(List<ShownModel> models) {
      sinks.forEach(sink -> sink.begin(models));
    }

    @Override
    public void accept(AttentionView view) {
      sinks.forEach(sink -> sink.accept(view));
    }

    @Override
    public void end(List<HeadDifference> differences) {
      sinks.forEach(sink -> sink.end(differences));
    }
  }

  /**
   * One whose failures are those of a file.
   *
   * @param file the file
   * @param sink writes it
   */
  private record OfFile(Path file, AttentionSink sink) implements AttentionSink {

    @Override
    public void begin(List<ShownModel> models) {
      writing(() -> sink.begin(models));
    }

    @Override
    public void accept(AttentionView view) {
      writing(() -> sink.accept(view));
    }

    @Override
    public void end(List<HeadDifference> differences) {
      writing(() -> sink.end(differences));
    }

    private void writing(Runnable work) {
      try {
        work.run();
      } catch (UncheckedIOException e) {
        IOException cause = e.getCause();
        throw FileException.writing(file, cause);
      }
    }
  }
}
