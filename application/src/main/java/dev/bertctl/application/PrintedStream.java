// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.application;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where all that is printed goes, to standard output as to standard error. Texts of others are in
 * it: labels, names of files and models, what servers say. Control characters, by which they could
 * command a terminal, and those that reorder text, are shown as {@code \\u001b}, which is also what
 * JSON calls them. Line ends and tabs stay, and what {@link #own} has marked.
 */
public final class PrintedStream extends FilterOutputStream {

  /** Before each control character of bertctl's own. Nobody else can know it. */
  private static final String MARK = "\0" + UUID.randomUUID();

  /** C0 and C1 controls, and bidirectional embeddings, overrides and isolates. */
  private static final Pattern CONTROL =
      Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u202a-\\u202e\\u2066-\\u2069&&[^\\n\\t]]");

  /** What picocli writes into help: bold, italic, underlined, a colour, and their ends. */
  private static final Pattern COLOURS = Pattern.compile("\033\\[(?:[0134]|2[1-4]|3[1-9])?m");

  private final CharsetDecoder decoder;
  private final Charset charset;
  private ByteBuffer undecoded = ByteBuffer.allocate(0);
  private String unwritten = "";

  /**
   * @param out where it goes
   * @param charset of what is written here
   */
  public PrintedStream(OutputStream out, Charset charset) {
    super(out);
    this.charset = charset;
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
  }

  /** Has all that this process prints by {@link System#out} and {@link System#err} go through. */
  public static void install() {
    System.setOut(of(FileDescriptor.out, "stdout"));
    System.setErr(of(FileDescriptor.err, "stderr"));
  }

  /** In the encoding that Java found for it; before 18 it told only that of a terminal. */
  private static PrintStream of(FileDescriptor file, String name) {
    Charset charset =
        Stream.of(name + ".encoding", "sun." + name + ".encoding")
            .map(System::getProperty)
            .filter(Objects::nonNull)
            .findFirst()
            .map(Charset::forName)
            .orElseGet(Charset::defaultCharset);
    return new PrintStream(new PrintedStream(new FileOutputStream(file), charset), true, charset);
  }

  /** A text whose control characters are bertctl's own, and meant. */
  public static String own(String text) {
    return CONTROL.matcher(text).replaceAll(found -> MARK + found.group());
  }

  /** Help, whose colours are meant. */
  public static String ownColours(String help) {
    return COLOURS.matcher(help).replaceAll(found -> MARK + found.group());
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    if (unwritten.isEmpty() && !undecoded.hasRemaining() && isPlain(bytes, from, length)) {
      out.write(bytes, from, length);
      return;
    }
    ByteBuffer all = ByteBuffer.allocate(undecoded.remaining() + length);
    all.put(undecoded).put(bytes, from, length).flip();
    CharBuffer characters = CharBuffer.allocate(all.remaining() + 1);
    decoder.decode(all, characters, false);
    undecoded = all.slice();
    unwritten = write(unwritten + characters.flip(), false);
  }

  /** Printable ASCII, line ends and tabs, in any charset that terminals have. */
  private static boolean isPlain(byte[] bytes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (bytes[i] < ' ' && bytes[i] != '\n' && bytes[i] != '\t' || bytes[i] == 0x7f) {
        return false;
      }
    }
    return true;
  }

  /**
   * Writes a text.
   *
   * @param last whether nothing comes after it
   * @return its end, where it takes what comes after it to know what it is
   */
  private String write(String text, boolean last) throws IOException {
    StringBuilder shown = new StringBuilder();
    int at = 0;
    for (; at < text.length(); at++) {
      char character = text.charAt(at);
      String rest = character == 0 ? text.substring(at) : "";
      if (character == 0 && rest.startsWith(MARK) && rest.length() > MARK.length()) {
        at += MARK.length();
        shown.append(text.charAt(at));
      } else if (character == 0 && !last && MARK.startsWith(rest)) {
        break;
      } else if (character == '\r' && at + 1 == text.length() && !last) {
        break;
      } else if (character == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
        shown.append(character);
      } else {
        append(shown, character);
      }
    }
    out.write(shown.toString().getBytes(charset));
    return text.substring(at);
  }

  private static void append(StringBuilder shown, char character) {
    String text = String.valueOf(character);
    shown.append(CONTROL.matcher(text).matches() ? "\\u%04x".formatted((int) character) : text);
  }

  /** Writes what was kept back until what comes after it is known: nothing comes. */
  public void finish() throws IOException {
    unwritten = write(unwritten, true);
    flush();
  }

  @Override
  public void close() throws IOException {
    try {
      finish();
    } finally {
      out.close();
    }
  }
}
