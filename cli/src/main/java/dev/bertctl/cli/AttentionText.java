// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.attention.AttentionSink;
import dev.bertctl.core.attention.AttentionView;
import dev.bertctl.core.attention.ShownModel;
import dev.bertctl.runtime.attention.AttentionToken;
import dev.bertctl.runtime.attention.HeadDifference;
import dev.bertctl.runtime.attention.HeadFacts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Attention for people, as tables of heads. */
final class AttentionText implements AttentionSink {

  private static final int MOST_DIFFERENCES = 10;
  private static final int MOST_LINKS = 3;
  private static final String NONE = "-";

  private final Writer out;
  private List<ShownModel> models = List.of();
  private int inputs;

  /**
   * @param out where to; it is flushed in the end, and left open
   */
  AttentionText(Writer out) {
    this.out = out;
  }

  @Override
  public void begin(List<ShownModel> shown) {
    models = shown;
  }

  @Override
  public void accept(AttentionView view) {
    StringWriter text = new StringWriter();
    PrintWriter lines = new PrintWriter(text);
    if (inputs++ > 0) {
      lines.println();
    }
    lines.printf("%s (%d tokens)%n", view.name(), view.tokens().size());
    lines.println(
        view.tokens().stream().map(AttentionToken::text).collect(Collectors.joining(" ")));
    if (!view.differences().isEmpty()) {
      lines.println();
      differences(view, lines);
    }
    for (int i = 0; i < models.size(); i++) {
      lines.println();
      if (models.size() > 1) {
        lines.println(models.get(i).name());
      }
      heads(view, view.models().get(i).heads(), lines);
    }
    write(text.toString());
  }

  private static void heads(AttentionView view, List<HeadFacts> heads, PrintWriter lines) {
    List<String> headings =
        new ArrayList<>(
            List.of("LAYER", "HEAD", "ENTROPY", "[CLS]", "[SEP]", "SELF", "PREVIOUS", "NEXT"));
    if (view.isPair()) {
      headings.addAll(List.of("A TO B", "B TO A"));
    }
    headings.add("STRONGEST LINKS");
    Table table = new Table(headings.toArray(String[]::new));
    List<String> labels = view.labels();
    for (HeadFacts head : heads) {
      List<String> cells = new ArrayList<>();
      cells.add(String.valueOf(head.layer() + 1));
      cells.add(String.valueOf(head.head() + 1));
      Stream.of(head.entropy(), head.cls(), head.sep(), head.self(), head.previous(), head.next())
          .forEach(value -> cells.add(number(value)));
      if (view.isPair()) {
        cells.add(number(head.firstToSecond()));
        cells.add(number(head.secondToFirst()));
      }
      cells.add(links(head, labels));
      table.add(cells);
    }
    table.print(lines);
  }

  private static String links(HeadFacts head, List<String> labels) {
    return head.links().stream()
        .limit(MOST_LINKS)
        .map(
            link ->
                "%s -> %s %s"
                    .formatted(
                        labels.get(link.from()), labels.get(link.to()), number(link.weight())))
        .collect(Collectors.joining(", "));
  }

  private void differences(AttentionView view, PrintWriter lines) {
    lines.printf(
        "heads that differ most (%s -> %s):%n", models.get(0).name(), models.get(1).name());

    Table table = new Table("LAYER", "HEAD", "DISTANCE", "ENTROPY", "[SEP]", "SELF");
    int heads = view.models().get(0).attentions().heads();
    view.differences().stream()
        .limit(MOST_DIFFERENCES)
        .forEach(
            each -> {
              int index = each.layer() * heads + each.head();
              HeadFacts a = view.models().get(0).heads().get(index);
              HeadFacts b = view.models().get(1).heads().get(index);
              List<String> cells = new ArrayList<>(cells(each));
              cells.add(change(a.entropy(), b.entropy()));
              cells.add(change(a.sep(), b.sep()));
              cells.add(change(a.self(), b.self()));
              table.add(cells);
            });
    table.print(lines);
  }

  private static List<String> cells(HeadDifference each) {
    return List.of(
        String.valueOf(each.layer() + 1), String.valueOf(each.head() + 1), number(each.distance()));
  }

  private static String change(double a, double b) {
    return number(a) + " -> " + number(b);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? number(value.getAsDouble()) : NONE;
  }

  @Override
  public void end(List<HeadDifference> differences) {
    if (inputs > 1 && !differences.isEmpty()) {
      StringWriter text = new StringWriter();
      PrintWriter lines = new PrintWriter(text);
      lines.println();
      lines.println("heads that differ most in all %d inputs:".formatted(inputs));
      Table table = new Table("LAYER", "HEAD", "DISTANCE");
      differences.stream().limit(MOST_DIFFERENCES).forEach(each -> table.add(cells(each)));
      table.print(lines);
      write(text.toString());
    }
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String text) {
    try {
      out.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
