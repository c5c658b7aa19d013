// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.testkit.MemoryFile;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The data that come with the project: every answer stands where they say, nothing is in both. */
class ExampleDataTest {

  @Test
  void answersAreInTheirPlaces() throws IOException {
    List<Question> training = read("train.json");
    List<Question> validation = read("dev.json");
    assertEquals(194, training.size());
    assertEquals(62, validation.size());
    Set<String> seen = new HashSet<>();
    training.forEach(question -> seen.add(question.passage()));
    validation.forEach(question -> assertEquals(false, seen.contains(question.passage())));
  }

  private static List<Question> read(String name) throws IOException {
    Object document =
        new ObjectMapper().readValue(new File("../../examples/qa", name), Object.class);
    List<String> skipped = new ArrayList<>();
    List<Question> questions = Samples.read(MemoryFile.json(document), Purpose.TRAINING, skipped);
    for (Question question : questions) {
      for (GoldAnswer answer : question.answers().orElseThrow()) {
        assertEquals(true, answer.place().isPresent(), question.id());
      }
    }
    assertEquals(List.of(), skipped);
    return questions;
  }
}
