// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.events;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.weights.MaskedCrc;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

class EventFileTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochMilli(1_700_000_000_250L), ZoneOffset.UTC);

  @TempDir Path folder;

  /** The real TensorBoard has read these very bytes, see read_golden.py. */
  @Test
  void aFileIsWhatTensorBoardRead() throws IOException {
    try (EventFile events = EventFile.begin(folder, CLOCK)) {
      write(events);
      assertTrue(
          events.file().getFileName().toString().startsWith("events.out.tfevents.1700000000."));
      try (var golden = EventFileTest.class.getResourceAsStream("golden.tfevents")) {
        assertArrayEquals(golden.readAllBytes(), Files.readAllBytes(events.file()));
      }
    }
  }

  @Test
  void recordsHaveTheirChecksumsAndTheirScalars() throws IOException {
    try (EventFile events = EventFile.begin(folder, CLOCK)) {
      write(events);
      List<Event> read = read(events.file());
      assertEquals("brain.Event:2", read.get(0).getFileVersion());
      assertEquals(3, read.size());
      assertEquals(1_700_000_000.25, read.get(1).getWallTime());
      assertEquals(10, read.get(1).getStep());
      Summary.Value loss = read.get(1).getSummary().getValue(0);
      assertEquals("train/loss", loss.getTag());
      assertEquals(0.75f, loss.getSimpleValue());
      assertEquals("eval/accuracy", read.get(2).getSummary().getValue(0).getTag());
    }
  }

  @Test
  void aResumedFileForgetsWhatIsMadeAgain() throws IOException {
    Path file;
    long length;
    try (EventFile events = EventFile.begin(folder, CLOCK)) {
      file = events.file();
      events.add(1, Map.of("train/loss", 3.0));
      length = events.length();
      events.add(2, Map.of("train/loss", 9.0));
    }
    try (EventFile events = EventFile.resume(file, length, CLOCK)) {
      events.add(2, Map.of("train/loss", 2.0));
    }
    assertEquals(
        List.of(3f, 2f),
        read(file).stream()
            .skip(1)
            .map(event -> event.getSummary().getValue(0).getSimpleValue())
            .toList());
    assertThrows(UserException.class, () -> EventFile.resume(folder.resolve("missing"), 1, CLOCK));
  }

  private static void write(EventFile events) {
    Map<String, Double> trained = new LinkedHashMap<>();
    trained.put("train/loss", 0.75);
    trained.put("train/learning_rate", 5e-5);
    events.add(10, trained);
    events.add(20, Map.of("eval/accuracy", 0.875));
  }

  private static List<Event> read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      int lengthSum = MaskedCrc.of(bytes.slice(bytes.position(), Long.BYTES));
      byte[] data = new byte[(int) bytes.getLong()];
      assertEquals(lengthSum, bytes.getInt());
      bytes.get(data);
      assertEquals(MaskedCrc.of(ByteBuffer.wrap(data)), bytes.getInt());
      events.add(Event.parseFrom(data));
    }
    return events;
  }
}
