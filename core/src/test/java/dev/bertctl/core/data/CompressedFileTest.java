// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdOutputStream;
import dev.bertctl.core.content.ZstdLibrary;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class CompressedFileTest {

  private static final String HEADER = "premise,hypothesis,label\n";

  @TempDir private Path folder;

  @FunctionalInterface
  private interface Packing {
    OutputStream to(OutputStream target) throws IOException;
  }

  private static final Map<String, Packing> FORMS =
      Map.of(
          "gz", GZIPOutputStream::new,
          "zst", out -> new ZstdOutputStream(out).setChecksum(true),
          "bz2", BZip2CompressorOutputStream::new,
          "xz", out -> new XZOutputStream(out, new LZMA2Options(1)),
          "lz4", FramedLZ4CompressorOutputStream::new);

  @Test
  void eachFormIsUnpackedWhateverTheName() throws IOException {
    for (Map.Entry<String, Packing> form : FORMS.entrySet()) {
      byte[] packed = pack(form.getValue(), DataCase.FORMS.get("pairs.jsonl"));
      for (String name : List.of("pairs.jsonl." + form.getKey(), "PAIRS.JSONL", "a.jsonl")) {
        Path file = Files.write(folder.resolve(name), packed);
        assertEquals(DataCase.READ, DataCase.pairs(DataCase.open(file)), form.getKey());
      }
      DataFile input =
          DataFiles.standardInput(
              new ByteArrayInputStream(packed),
              Optional.of(DataFile.Format.JSONL),
              Optional.empty(),
              FileSettings.DEFAULT);
      assertEquals(2, DataCase.read(input, Purpose.PREDICTION).size(), form.getKey());
    }
  }

  @Test
  void joinedFilesAreReadToTheirEnd() throws IOException {
    for (Map.Entry<String, Packing> form : FORMS.entrySet()) {
      ByteArrayOutputStream joined = new ByteArrayOutputStream();
      joined.writeBytes(pack(form.getValue(), HEADER + "a,b,yes\n"));
      joined.writeBytes(pack(form.getValue(), "c,d,no\n"));
      Path file = Files.write(folder.resolve("a.csv"), joined.toByteArray());
      assertEquals(List.of("a|b", "c|d"), DataCase.pairs(DataCase.open(file)), form.getKey());
    }
  }

  /** As pzstd writes it: a frame to skip before each part. */
  @Test
  void framesThatZstdSkipsAreSkipped() throws IOException {
    byte[] skipped = {0x50, 0x2A, 0x4D, 0x18, 4, 0, 0, 0, 1, 2, 3, 4};
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes(skipped);
    joined.writeBytes(pack(FORMS.get("zst"), HEADER + "a,b,yes\n"));
    joined.writeBytes(skipped);
    joined.writeBytes(pack(FORMS.get("zst"), "c,d,no\n"));
    Path file = Files.write(folder.resolve("a.csv"), joined.toByteArray());
    assertEquals(List.of("a|b", "c|d"), DataCase.pairs(DataCase.open(file)));
  }

  /**
   * The window that {@code zstd --ultra -22} takes is read, a larger one is refused as zstd does.
   */
  @Test
  void windowsOfZstdHaveABound() throws IOException {
    Path file = Files.write(folder.resolve("a.csv"), zstdFrame(27, HEADER + "a,b,yes\n"));
    assertEquals(List.of("a|b"), DataCase.pairs(DataCase.open(file)));
    Files.write(file, zstdFrame(30, HEADER + "a,b,yes\n"));
    assertDamaged(file);
  }

  /** A frame of one block that is stored as it is (RFC 8878, 3.1.1). */
  private static byte[] zstdFrame(int windowLog, String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    int block = content.length << 3 | 1;
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes(new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0});
    frame.write(windowLog - 10 << 3);
    frame.writeBytes(new byte[] {(byte) block, (byte) (block >> 8), (byte) (block >> 16)});
    frame.writeBytes(content);
    return frame.toByteArray();
  }

  /** A header that asks for 1.5 GB. */
  @Test
  void theMemoryOfXzHasABound() throws IOException {
    Packing huge =
        out -> {
          LZMA2Options options = new LZMA2Options(0);
          options.setDictSize(1 << 24);
          return new XZOutputStream(out, options);
        };
    byte[] packed = pack(huge, HEADER + "a,b,yes\n");
    // The size of the dictionary is one byte of the block's header, of which the sum is checked.
    int block = 12;
    int size = (packed[block] + 1) * 4;
    packed[block + 4] = 37;
    CRC32 sum = new CRC32();
    sum.update(packed, block, size - 4);
    for (int i = 0; i < 4; i++) {
      packed[block + size - 4 + i] = (byte) (sum.getValue() >> 8 * i);
    }
    Path file = Files.write(folder.resolve("a.csv"), packed);
    String problem = problem(file);
    assertTrue(problem.contains("cannot be read to its end ("), problem);
    assertTrue(problem.contains("131072 KiB"), problem);
  }

  @Test
  void whatUnpacksToMoreThanMemoryHoldsIsRefused() throws IOException {
    for (Map.Entry<String, Packing> form : FORMS.entrySet()) {
      Path file = folder.resolve("bomb.jsonl");
      byte[] filler = "x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
      try (OutputStream out = form.getValue().to(Files.newOutputStream(file))) {
        out.write("{\"premise\": \"".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 300; i++) {
          out.write(filler);
        }
      }
      assertTrue(Files.size(file) < 200_000, "a small file");
      assertEquals(
          file
              + ":1: more than 16,777,216 characters in one record from here; is a closing quote or"
              + " a line end missing, or is the file of another format?",
          problem(file),
          form.getKey());
    }
  }

  @Test
  void whatIsCutOffOrDamagedIsAnError() throws IOException {
    StringBuilder rows = new StringBuilder(HEADER);
    Random random = new Random(1);
    for (int i = 0; i < 3000; i++) {
      rows.append(random.nextInt()).append(",b,yes\n");
    }
    for (Map.Entry<String, Packing> form : FORMS.entrySet()) {
      byte[] whole = pack(form.getValue(), rows.toString());
      Path file = folder.resolve("a.csv");
      Files.write(file, Arrays.copyOf(whole, whole.length / 2));
      assertDamaged(file);
      for (int i = 0; i < 8; i++) {
        byte[] damaged = whole.clone();
        int at = whole.length / 4 + random.nextInt(whole.length / 2);
        for (int j = 0; j < 40; j++) {
          damaged[at + j] = (byte) random.nextInt();
        }
        Files.write(file, damaged);
        assertEquals(
            file.toString(),
            assertThrows(DataException.class, () -> readAll(file), form.getKey())
                .location()
                .file());
      }
    }
  }

  @Test
  void whatIsPackedTwiceIsRefused() throws IOException {
    for (Packing inner : FORMS.values()) {
      byte[] once = pack(inner, HEADER + "a,b,yes\n");
      ByteArrayOutputStream twice = new ByteArrayOutputStream();
      try (OutputStream out = new GZIPOutputStream(twice)) {
        out.write(once);
      }
      Path file = Files.write(folder.resolve("a.csv"), twice.toByteArray());
      assertEquals(file + ": is packed twice. Unpack it once", problem(file));
    }
  }

  @Test
  void theLibraryOfZstdIsKeptInTheNativeCache() {
    assertTrue(Files.isReadable(ZstdLibrary.unpacked()));
    assertTrue(ZstdLibrary.unpacked().toString().contains("native"));
  }

  private void assertDamaged(Path file) {
    String problem = problem(file);
    assertTrue(problem.startsWith(file + ": cannot be read to its end ("), problem);
    assertTrue(problem.endsWith("); it is damaged, cut off or encrypted"), problem);
  }

  private static String problem(Path file) {
    return assertThrows(DataException.class, () -> readAll(file)).getMessage();
  }

  private static void readAll(Path file) {
    DataCase.pairs(DataCase.open(file));
  }

  private static byte[] pack(Packing packing, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = packing.to(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
