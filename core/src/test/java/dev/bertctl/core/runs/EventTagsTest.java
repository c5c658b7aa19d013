// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.runtime.events.EventFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;

class EventTagsTest {

  @TempDir Path folder;

  @Test
  void curvesAreGroupedByWhatTheyAreOf() throws IOException {
    Path written;
    try (EventFile file = EventFile.begin(folder, Clock.systemUTC())) {
      written = file.file();
      RunEvents events = new RunEvents(file);
      Map<String, Double> numbers = new LinkedHashMap<>();
      numbers.put("learning_rate", 5e-5);
      numbers.put("gradient_norm", 1.5);
      numbers.put("examples_per_second", 60.0);
      events.trained(10, 0.5, numbers);
      EvaluationResult found =
          new EvaluationResult(
              4, 0.25, Map.of("loss", 0.25), Map.of("accuracy", 0.75), List.of(), Map.of());
      events.evaluated("eval", 20, found);
      events.evaluated("test", 30, found);
    }
    assertEquals(
        List.of(
            "10 train/loss 0.5",
            "10 train/learning_rate 5.0E-5",
            "10 train/gradient_norm 1.5",
            "10 train/examples_per_second 60.0",
            "20 eval/loss 0.25",
            "20 eval/accuracy 0.75",
            "30 test/loss 0.25",
            "30 test/accuracy 0.75"),
        scalars(written));
  }

  private static List<String> scalars(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<String> scalars = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] data = new byte[(int) bytes.getLong()];
      bytes.getInt();
      bytes.get(data);
      bytes.getInt();
      Event event = Event.parseFrom(data);
      event
          .getSummary()
          .getValueList()
          .forEach(
              value ->
                  scalars.add(
                      event.getStep() + " " + value.getTag() + " " + value.getSimpleValue()));
    }
    return scalars;
  }
}
