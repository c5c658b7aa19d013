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
import java.util.function.Consumer;

/** Where attention goes: files whose endings tell their form, else standard output. */
final class AttentionOutputs {

  private final ShownFilesOption files;

  AttentionOutputs(ShownFilesOption files) {
    this.files = files;
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
    } else if (files.isToStandardOutput()) {
      sinks.add(new AttentionText(out));
    }
    List<Path> pages =
        files.all().stream()
            .filter(file -> ShownFilesOption.ending(file).equals(ShownFilesOption.PAGE))
            .toList();
    if (!pages.isEmpty()) {
      sinks.add(new AttentionPage(pages, listener::notice));
    }
    write(files.all().stream().filter(file -> !pages.contains(file)).toList(), sinks, job);
    files.all().forEach(file -> listener.notice("written: " + file));
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
    return ShownFilesOption.ending(file).equals(ShownFilesOption.JSON)
        ? new AttentionJson(writer)
        : new AttentionText(writer);
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
