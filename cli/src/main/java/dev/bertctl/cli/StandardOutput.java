// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Standard output, in UTF-8 whatever the locale, as the files that bertctl reads are. A writer that
 * fails is remembered: {@link PrintWriter} and {@link System#out} keep it to themselves, and a full
 * disk would look like success.
 */
final class StandardOutput {

  private final Remembering memory;
  private final PrintWriter writer;

  private StandardOutput(OutputStream stream) {
    this.memory = new Remembering(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
    this.writer = new PrintWriter(memory);
  }

  /** That of this process. */
  static StandardOutput ofProcess() {
    return new StandardOutput(new FileOutputStream(FileDescriptor.out));
  }

  /** Another stream in its place. */
  static StandardOutput on(OutputStream stream) {
    return new StandardOutput(stream);
  }

  /** What commands print to. */
  PrintWriter writer() {
    return writer;
  }

  /**
   * Writes what is left.
   *
   * @return what kept anything from being written; empty if nothing did, or if the reader wanted no
   *     more, as {@code head} does
   */
  Optional<String> finish() {
    writer.flush();
    return Optional.ofNullable(memory.failure)
        .map(IOException::getMessage)
        .filter(message -> !message.contains("Broken pipe"));
  }

  private static final class Remembering extends FilterWriter {

    private IOException failure;

    Remembering(Writer out) {
      super(out);
    }

    @Override
    public void write(int character) throws IOException {
      remember(() -> out.write(character));
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
      remember(() -> out.write(text, from, length));
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
      remember(() -> out.write(text, from, length));
    }

    @Override
    public void flush() throws IOException {
      remember(out::flush);
    }

    @FunctionalInterface
    private interface Action {
      void run() throws IOException;
    }

    private void remember(Action action) throws IOException {
      try {
        action.run();
      } catch (IOException e) {
        failure = failure == null ? e : failure;
        throw e;
      }
    }
  }
}
