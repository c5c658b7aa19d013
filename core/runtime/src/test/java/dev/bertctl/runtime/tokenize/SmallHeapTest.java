// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.runtime.TinyBert;
import dev.bertctl.spi.packing.Pieces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A heap that runs full while texts are tokenised: Java's error, and no aborted process. */
class SmallHeapTest {

  @TempDir Path folder;

  /** Few long texts, and many short ones. */
  @ParameterizedTest
  @ValueSource(ints = {2, 20_000})
  void javaThrows(int words) throws IOException, InterruptedException {
    TinyBert.write(folder, 0);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx40m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Filling.class.getName(),
                folder.toString(),
                Integer.toString(words))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    assertEquals("full: 4", output.lines().reduce((first, last) -> last).orElse(""), output);
  }

  /** Keeps what it tokenises until the heap is full. */
  static final class Filling {

    private Filling() {}

    public static void main(String[] arguments) throws InterruptedException {
      String text = "cat ".repeat(Integer.parseInt(arguments[1]));
      Queue<Pieces> kept = new ConcurrentLinkedQueue<>();
      AtomicInteger full = new AtomicInteger();
      try (Tokenizer tokenizer = Tokenizers.open(Path.of(arguments[0]))) {
        List<Thread> threads =
            IntStream.range(0, 4)
                .mapToObj(
                    i ->
                        new Thread(
                            () -> {
                              try {
                                while (true) {
                                  kept.add(tokenizer.tokenize(text));
                                }
                              } catch (OutOfMemoryError e) {
                                full.incrementAndGet();
                              }
                            }))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
          thread.join();
        }
      }
      kept.clear();
      System.out.println("full: " + full);
    }
  }
}
