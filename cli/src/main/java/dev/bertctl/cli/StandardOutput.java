// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.application.PrintedStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Standard output, in UTF-8 whatever the locale, as the files that bertctl reads are, with control
 * characters shown (see {@link PrintedStream}). A writer that fails is remembered: {@link
 * PrintWriter} and {@link System#out} keep it to themselves, and a full disk would look like
 * success.
 */
final class StandardOutput {

  /** What it is called where a file is named. */
  static final String NAME = "-";

  private final Remembering stream;
  private final PrintedStream printed;
  private final PrintWriter writer;

  /**
   * @param stream where the bytes go
   */
  StandardOutput(OutputStream stream) {
    this.stream = new Remembering(stream);
    this.printed = new PrintedStream(this.stream, StandardCharsets.UTF_8);
    this.writer = new PrintWriter(printed, false, StandardCharsets.UTF_8);
  }

  /** That of this process. */
  static StandardOutput ofProcess() {
    return new StandardOutput(new FileOutputStream(FileDescriptor.out));
  }

  /**
   * Whether a person is looking at it. Java cannot ask, so the launcher does: System.console() also
   * wants standard input to be a terminal.
   */
  static boolean isTerminal() {
    return Boolean.getBoolean("bertctl.terminal-output");
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
    try {
      printed.finish();
    } catch (IOException remembered) {
      // As any other failure: by the stream.
    }
    return Optional.ofNullable(stream.failure)
        .map(IOException::getMessage)
        .filter(message -> !message.contains("Broken pipe"));
  }

  private static final class Remembering extends FilterOutputStream {

    private IOException failure;

    Remembering(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        failure = failure == null ? e : failure;
        throw e;
      }
    }

    @Override
    public void write(int single) throws IOException {
      write(new byte[] {(byte) single}, 0, 1);
    }
  }
}
