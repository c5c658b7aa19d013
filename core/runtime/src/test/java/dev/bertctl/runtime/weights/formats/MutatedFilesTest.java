// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.weights.Weight;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The golden files with random damage: each is read to weights or refused as a user's mistake, soon
 * and in little memory.
 */
class MutatedFilesTest {

  private static final int MUTANTS = 2000;
  private static final int SEED = 17;

  /** Each entry of a zip file is looked at through a window of 8 KiB of its own. */
  private static final long MOST_MEMORY = 1 << 20;

  private static final long MOST_MEMORY_PER_BYTE = 64;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Lengths, offsets and counts that break what trusts them. */
  private static final long[] NASTY = {
    0,
    1,
    -1,
    0x7f,
    0x80,
    0xffff,
    0x7fff_ffffL,
    0x8000_0000L,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private final Random random = new Random(SEED);
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir private Path folder;
  private final List<byte[]> files = new ArrayList<>();
  private int loaded;
  private int refused;

  @Test
  void mutantsAreReadOrRefused() throws IOException {
    for (String name : WeightFileGoldenTest.readable()) {
      Path file = WeightFileGoldenTest.golden().resolve(name);
      files.add(Files.readAllBytes(file));
      // Loads classes, which is no mutant's memory.
      WeightFile.read(file).weights().values().forEach(Weight::values);
    }
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          for (int i = 0; i < MUTANTS; i++) {
            byte[] whole = files.get(random.nextInt(files.size()));
            boolean within = whole[0] == 'P' && random.nextBoolean();
            read(i, within ? repacked(whole) : mutant(whole));
          }
        });
    // Neither is the damage too small to matter nor so large that all is lost at once.
    assertTrue(loaded > MUTANTS / 20, loaded + " loaded");
    assertTrue(refused > MUTANTS / 20, refused + " refused");
  }

  private void read(int index, byte... content) throws IOException {
    Path file = Files.write(folder.resolve("mutant" + index), content);
    long id = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(id);
    try {
      for (Weight weight : WeightFile.read(file).weights().values()) {
        weight.values();
      }
      loaded++;
    } catch (UserException e) {
      refused++;
      assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    } catch (RuntimeException e) {
      throw new AssertionError("mutant " + index + " of seed " + SEED, e);
    }
    long allocated = threads.getThreadAllocatedBytes(id) - before;
    assertTrue(
        allocated < MOST_MEMORY + MOST_MEMORY_PER_BYTE * content.length,
        "mutant " + index + " of " + content.length + " bytes took " + allocated);
  }

  /** A zip file with an entry that is damaged before it is packed: most often the pickle. */
  private byte[] repacked(byte... whole) throws IOException {
    TestZip zip = new TestZip();
    try (ZipFile entries = new ZipFile(Files.write(folder.resolve("whole"), whole).toFile())) {
      for (ZipEntry entry : Collections.list(entries.entries())) {
        byte[] content = entries.getInputStream(entry).readAllBytes();
        boolean chosen = entry.getName().endsWith(".pkl") || random.nextInt(20) == 0;
        zip.add(entry.getName(), chosen && content.length > 0 ? mutant(content) : content);
      }
    }
    return zip.end();
  }

  private byte[] mutant(byte[] whole) {
    byte[] mutant = whole.clone();
    for (int i = random.nextInt(2); i >= 0; i--) {
      int at = random.nextInt(mutant.length);
      mutant =
          switch (random.nextInt(8)) {
            case 0, 5, 6 -> flipped(mutant, at);
            case 1 -> Arrays.copyOf(mutant, at + 1);
            case 2 -> spliced(mutant, at, at, bytes(1 + random.nextInt(8)));
            case 3 -> spliced(mutant, at, Math.min(mutant.length, at + 1 + random.nextInt(8)));
            case 4 -> withNumber(mutant, at);
            default -> spliced(mutant, at, at, part(files.get(random.nextInt(files.size()))));
          };
      if (mutant.length == 0) {
        return whole;
      }
    }
    return mutant;
  }

  private static byte[] flipped(byte[] content, int at) {
    content[at] ^= (byte) (1 << at % 8);
    return content;
  }

  private byte[] withNumber(byte[] content, int at) {
    byte[] number =
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(NASTY[random.nextInt(NASTY.length)])
            .array();
    int length = Math.min(1 << random.nextInt(4), content.length - at);
    System.arraycopy(number, 0, content, at, length);
    return content;
  }

  private byte[] part(byte[] content) {
    int from = random.nextInt(content.length);
    return Arrays.copyOfRange(content, from, Math.min(content.length, from + random.nextInt(64)));
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Replaces bytes by others. */
  private static byte[] spliced(byte[] content, int from, int to, byte... others) {
    byte[] spliced = Arrays.copyOf(content, content.length - to + from + others.length);
    System.arraycopy(others, 0, spliced, from, others.length);
    System.arraycopy(content, to, spliced, from + others.length, content.length - to);
    return spliced;
  }
}
