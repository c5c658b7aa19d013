// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryTablesTest {

  /** A hundred samples, ten requests between each and the next. */
  private static MemoryTables tables(int mibAtFirst, int mibLater) {
    List<Memory.Sample> samples =
        IntStream.rangeClosed(1, 100)
            .mapToObj(i -> new Memory.Sample(i <= 50 ? mibAtFirst : mibLater, 7, 1, 10L * i))
            .toList();
    return new MemoryTables(samples, 1000);
  }

  @Test
  void theMemoryIsShownWhenPartsOfTheRequestsHadEnded() {
    String markdown = tables(200, 207).markdown();
    assertTrue(markdown.contains("| 10 % | 100 | 200 | 7 |"), markdown);
    assertTrue(markdown.contains("| 50 % | 500 | 200 | 7 |"), markdown);
    assertTrue(markdown.contains("| 100 % | 1,000 | 207 | 7 |"), markdown);
    assertTrue(markdown.contains("| resident | 200 | 200 | 207 | 207 |"), markdown);
  }

  @Test
  void whatGrowsIsNotFlat() {
    assertEquals(Optional.empty(), tables(200, 207).failure());
    assertEquals(Optional.of("memory grows: 200 MiB, then 220 MiB"), tables(200, 220).failure());
  }

  @Test
  void whatWasNeverLookedAtIsNotFlat() {
    MemoryTables none = new MemoryTables(List.of(), 1000);
    assertTrue(none.failure().isPresent());
    assertEquals("", none.markdown());
  }
}
