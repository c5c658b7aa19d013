// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Listings of the guides are parts of files, which are named in a comment before them: {@code <!--
 * source: path -->}. Only their common indentation may differ. What is typed into a terminal is no
 * part of a file.
 */
class ListingsTest {

  private static final Path ROOT = Path.of("..");
  private static final List<String> GUIDES = List.of("writing-a-task.md", "java-api.md");
  private static final Pattern SOURCE = Pattern.compile("<!-- source: (\\S+) -->");
  private static final String TERMINAL = "console";

  /**
   * A listing.
   *
   * @param guide the guide that it is in
   * @param line where it begins
   * @param language what is written after the three backquotes
   * @param source the file that it is from
   * @param lines its lines
   */
  record Listing(
      String guide, int line, String language, Optional<String> source, List<String> lines) {

    @Override
    public String toString() {
      return "%s:%d %s".formatted(guide, line, source.orElse(language));
    }
  }

  @ParameterizedTest
  @MethodSource("listings")
  void isPartOfAFile(Listing listing) throws IOException {
    if (listing.language().equals(TERMINAL)) {
      return;
    }
    assertTrue(listing.source().isPresent(), "no <!-- source: path --> before the listing");
    assertFalse(listing.lines().isEmpty());
    List<String> file = Files.readAllLines(ROOT.resolve(listing.source().get()));
    String part = unindented(listing.lines());
    int size = listing.lines().size();
    for (int from = 0; from + size <= file.size(); from++) {
      if (unindented(file.subList(from, from + size)).equals(part)) {
        return;
      }
    }
    assertEquals(String.join("\n", file), part, "not a part of " + listing.source().get());
  }

  private static String unindented(List<String> lines) {
    return String.join("\n", lines).stripIndent();
  }

  static Stream<Listing> listings() throws IOException {
    List<Listing> listings = new ArrayList<>();
    for (String guide : GUIDES) {
      int before = listings.size();
      addListings(guide, listings);
      assertTrue(listings.size() > before + 4, guide);
    }
    assertTrue(listings.size() > 25, listings::toString);
    return listings.stream();
  }

  private static void addListings(String name, List<Listing> listings) throws IOException {
    List<String> guide = Files.readAllLines(ROOT.resolve("docs").resolve(name));
    for (int i = 0; i < guide.size(); i++) {
      if (!guide.get(i).startsWith("```")) {
        continue;
      }
      int begin = i;
      for (i++; !guide.get(i).equals("```"); i++) {}
      Matcher source = SOURCE.matcher(begin == 0 ? "" : guide.get(begin - 1));
      listings.add(
          new Listing(
              name,
              begin + 1,
              guide.get(begin).substring(3),
              source.matches() ? Optional.of(source.group(1)) : Optional.empty(),
              guide.subList(begin + 1, i)));
    }
  }
}
