// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.spi.decode.Prediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionWriterTest {

  private static final Prediction YES = () -> Map.of("label", "yes");

  @TempDir Path folder;

  @Test
  void aPredictionFollowsTheInputsColumnsAndReplacesThoseOfItsNames() throws IOException {
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("label", "no");
    columns.put("text", "a, b");

    assertEquals("{\"label\":\"yes\",\"text\":\"a, b\"}\n", written("out.jsonl", columns));
    assertEquals("{\"label\":\"yes\",\"text\":\"a, b\"}\n", written("out", columns));
    assertEquals("label,text\nyes,\"a, b\"\n", written("out.csv", columns));
    assertEquals("label\ttext\nyes\ta, b\n", written("out.TSV", columns));
  }

  private String written(String name, Map<String, Object> columns) throws IOException {
    Path partial = folder.resolve("out.partial");
    try (PredictionWriter writer = PredictionWriter.into(Path.of(name), partial)) {
      writer.write(columns, YES);
    }
    return Files.readString(partial);
  }
}
