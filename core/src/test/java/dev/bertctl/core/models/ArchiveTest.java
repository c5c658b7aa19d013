// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.download.DownloadListener;
import dev.bertctl.runtime.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {

  private static final String AGAIN = "; the file is damaged or incomplete: fetch or copy it again";

  @TempDir private Path folder;
  private Path jar;
  private Path target;

  @BeforeEach
  void name() throws IOException {
    jar = folder.resolve("tiny.jar");
    target = Files.createDirectory(folder.resolve("target"));
  }

  @Test
  void unpacksFilesAndTheZipWithin() throws IOException {
    byte[] inner = zip(Map.of("variables/x", "1", "saved_model.pb", "2"));
    Map<String, byte[]> entries = new TreeMap<>();
    entries.put("META-INF/MANIFEST.MF", bytes("no model"));
    entries.put("org/Example.class", bytes("no model"));
    entries.put("org/bert", inner);
    entries.put("tokenizer.json", bytes("{}"));
    Files.write(jar, zipOf(entries));
    new Archive(jar, DownloadListener.NONE).unpack(target);
    assertEquals(
        List.of("org/bert/saved_model.pb", "org/bert/variables/x", "tokenizer.json"), files());
    assertEquals("1", Files.readString(target.resolve("org/bert/variables/x")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../evil", "a/../../evil", "/evil", "META-INF/../../evil", "C:\\evil", "..\\evil"})
  void entriesStayWithinTheFolder(String name) throws IOException {
    Files.write(jar, zip(Map.of(name, "x")));
    UserException error =
        assertThrows(
            UserException.class, () -> new Archive(jar, DownloadListener.NONE).unpack(target));
    assertEquals(
        jar + ": its entry '" + name + "' would be written outside of the folder" + AGAIN,
        error.getMessage());
    assertEquals(List.of(), files());
    assertTrue(Files.notExists(folder.resolve("evil")));
  }

  @Test
  void entriesOfZipsWithinStayWithinTheFolder() throws IOException {
    Files.write(jar, zipOf(Map.of("bert", zip(Map.of("../evil", "x")))));
    UserException error =
        assertThrows(
            UserException.class, () -> new Archive(jar, DownloadListener.NONE).unpack(target));
    assertEquals(
        jar + ": its entry '../evil' would be written outside of the folder" + AGAIN,
        error.getMessage());
  }

  @Test
  void symbolicLinksBecomeFiles() throws IOException {
    byte[] bytes = zip(Map.of("link", "/etc/passwd"));
    // "Made by" Unix, with the mode of a symbolic link, in the central directory.
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int central = 0;
    while (buffer.getInt(central) != 0x02014b50) {
      central++;
    }
    buffer.put(central + 5, (byte) 3);
    buffer.putInt(central + 38, 0120777 << 16);
    Files.write(jar, bytes);
    new Archive(jar, DownloadListener.NONE).unpack(target);
    assertTrue(Files.isRegularFile(target.resolve("link"), LinkOption.NOFOLLOW_LINKS));
    assertEquals("/etc/passwd", Files.readString(target.resolve("link")));
  }

  @Test
  void aZipBombIsAnError() throws IOException {
    Files.write(jar, zipOf(Map.of("model.onnx", new byte[80 << 20])));
    UserException error =
        assertThrows(
            UserException.class, () -> new Archive(jar, DownloadListener.NONE).unpack(target));
    long size = Files.size(jar);
    assertEquals(
        jar
            + ": its "
            + size
            + " bytes unpack to more than "
            + (size * 20 + (64 << 20))
            + ", which no model does"
            + AGAIN,
        error.getMessage());
  }

  @Test
  void aTruncatedJarIsAnError() throws IOException {
    byte[] whole = zip(Map.of("model.onnx", "some text that is long enough to be cut"));
    Files.write(jar, Arrays.copyOf(whole, 50));
    UserException error =
        assertThrows(
            UserException.class, () -> new Archive(jar, DownloadListener.NONE).unpack(target));
    assertEquals(
        jar + ": it cannot be unpacked: Unexpected end of ZLIB input stream" + AGAIN,
        error.getMessage());
  }

  @Test
  void somethingElseIsAnError() throws IOException {
    Files.writeString(jar, "<html>Not found</html>");
    UserException error =
        assertThrows(
            UserException.class, () -> new Archive(jar, DownloadListener.NONE).unpack(target));
    assertEquals(jar + ": it is not a zip or jar" + AGAIN, error.getMessage());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(target)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> target.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  private static byte[] zip(Map<String, String> texts) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    texts.forEach((name, text) -> entries.put(name, bytes(text)));
    return zipOf(entries);
  }

  private static byte[] zipOf(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
