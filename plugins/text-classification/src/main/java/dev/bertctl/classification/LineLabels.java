// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import dev.bertctl.spi.data.DataFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the lines of files of text have their labels. */
public enum LineLabels {
  /** TREC's coarse labels: {@code DESC:manner How did serfdom develop?} is {@code DESC}. */
  TREC_COARSE("([A-Z]+):[a-z]+\\s+", "DESC:manner How did it begin?"),

  /** TREC's fine labels: {@code DESC:manner How did serfdom develop?} is {@code DESC:manner}. */
  TREC_FINE("([A-Z]+:[a-z]+)\\s+", "DESC:manner How did it begin?"),

  /**
   * fastText's: {@code __label__good __label__short Go there.} is {@code good} and {@code short}.
   */
  FASTTEXT("(?:__label__\\S+\\s+)+", "__label__good Go there."),

  /** The file's folder, as of IMDB: the lines of {@code train/pos/0_9.txt} are {@code pos}. */
  FOLDER("", "");

  private static final Pattern FASTTEXT_LABEL = Pattern.compile("__label__(\\S+)\\s+");

  private final Pattern beginning;
  private final String example;

  LineLabels(String beginning, String example) {
    this.beginning = Pattern.compile(beginning);
    this.example = example;
  }

  /** What is wrong with a line without a label. */
  String remedy() {
    return this == FOLDER
        ? "the file stands in no folder whose name would be its label; name it with the folder"
        : "the line does not begin with a label, as in '%s'; correct it".formatted(example);
  }

  /**
   * A line taken apart.
   *
   * @param labels its labels
   * @param text the rest
   */
  record LabelledLine(List<String> labels, String text) {}

  /** A line's labels and its text; empty if it has none. */
  Optional<LabelledLine> in(DataFile.Line line) {
    return this == FOLDER
        ? Optional.ofNullable(Path.of(line.location().file()).getParent())
            .map(Path::getFileName)
            .map(folder -> new LabelledLine(List.of(folder.toString()), line.text()))
        : atBeginning(line.text());
  }

  private Optional<LabelledLine> atBeginning(String line) {
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
