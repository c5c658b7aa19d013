// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the lines of a file of text begin with their labels. */
public enum LineLabels {
  /** TREC's coarse labels: {@code DESC:manner How did serfdom develop?} is {@code DESC}. */
  TREC_COARSE("([A-Z]+):[a-z]+\\s+", "DESC:manner How did it begin?"),

  /** TREC's fine labels: {@code DESC:manner How did serfdom develop?} is {@code DESC:manner}. */
  TREC_FINE("([A-Z]+:[a-z]+)\\s+", "DESC:manner How did it begin?"),

  /**
   * fastText's: {@code __label__good __label__short Go there.} is {@code good} and {@code short}.
   */
  FASTTEXT("(?:__label__\\S+\\s+)+", "__label__good Go there.");

  private static final Pattern FASTTEXT_LABEL = Pattern.compile("__label__(\\S+)\\s+");

  private final Pattern beginning;
  private final String example;

  LineLabels(String beginning, String example) {
    this.beginning = Pattern.compile(beginning);
    this.example = example;
  }

  /** A line that has labels so. */
  String example() {
    return example;
  }

  /**
   * A line taken apart.
   *
   * @param labels its labels
   * @param text the rest
   */
  record LabelledLine(List<String> labels, String text) {}

  /** The labels that a line begins with, and its text; empty if it begins with none. */
  Optional<LabelledLine> in(String line) {
    Matcher matcher = beginning.matcher(line);
    if (!matcher.lookingAt()) {
      return Optional.empty();
    }
    List<String> labels =
        this == FASTTEXT
            ? FASTTEXT_LABEL
                .matcher(matcher.group())
                .results()
                .map((MatchResult label) -> label.group(1))
                .toList()
            : List.of(matcher.group(1));
    return Optional.of(new LabelledLine(labels, line.substring(matcher.end())));
  }
}
