// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.attention;

import dev.bertctl.pages.Page;
import dev.bertctl.pages.PageKind;
import dev.bertctl.runtime.attention.HeadDifference;
import dev.bertctl.runtime.attention.HeadFacts;
import dev.bertctl.runtime.attention.Link;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Weights as a page, which is written when all are there. */
public final class AttentionPage implements AttentionSink {

  /** Characters of packed weights that a page has at most: more are slow to open. */
  private static final long MOST = 96_000_000;

  /** Heads that differ most are listed so far. */
  private static final int TOP = 20;

  /** Links of a head that are listed. */
  private static final int LINKS = 3;

  private final List<Path> files;
  private final Consumer<String> notice;
  private final Map<String, Object> facts = new LinkedHashMap<>();
  private final List<Map<String, Object>> inputs = new ArrayList<>();
  private List<Map<String, Object>> models = List.of();
  private String title = "";
  private long size;
  private int leftOut;

  /**
   * @param files where to
   * @param notice is told what the page has no room for
   */
  public AttentionPage(List<Path> files, Consumer<String> notice) {
    this.files = List.copyOf(files);
    this.notice = notice;
  }

  @Override
  public void begin(List<ShownModel> shown) {
    title =
        "Attention of " + shown.stream().map(ShownModel::name).collect(Collectors.joining(" and "));
    models = shown.stream().map(AttentionFacts::of).toList();
    facts.put("models", models);
    facts.put("inputs", inputs);
  }

  @Override
  public void accept(AttentionView view) {
    if (leftOut > 0) {
      leftOut++;
      return;
    }
    List<List<String>> weights =
        view.models().stream()
            .map(model -> model.attentions().layers().stream().map(PackedWeights::of).toList())
            .toList();
    long more = weights.stream().flatMap(List::stream).mapToLong(String::length).sum();
    if (!inputs.isEmpty() && size + more > MOST) {
      leftOut++;
      return;
    }
    size += more;
    inputs.add(input(view, weights));
  }

  private Map<String, Object> input(AttentionView view, List<List<String>> weights) {
    List<String> labels = view.labels();
    List<Map<String, Object>> ofModels = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      Map<String, Object> model = new LinkedHashMap<>(models.get(i));
      model.put(
          "heads", view.models().get(i).heads().stream().map(head -> of(head, labels)).toList());
      model.put("weights", weights.get(i));
      ofModels.add(model);
    }
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("name", view.name());
    input.put("cut", view.cut());
    input.put("pair", view.isPair());
    input.put("tokens", view.tokens().stream().map(AttentionFacts::of).toList());
    input.put("models", ofModels);
    input.put("top", top(view.differences()));
    return input;
  }

  private static List<Map<String, Object>> top(List<HeadDifference> differences) {
    return AttentionFacts.of(differences.stream().limit(TOP).toList());
  }

  private static Map<String, Object> of(HeadFacts head, List<String> labels) {
    Map<String, Object> facts = AttentionFacts.of(head);
    facts.put(
        "strongest", head.links().stream().limit(LINKS).map(link -> text(link, labels)).toList());
    return facts;
  }

  /** Such as {@code cat → sees 0.431}. */
  private static String text(Link link, List<String> labels) {
    return String.format(
        Locale.ROOT, "%s → %s %.3f", labels.get(link.from()), labels.get(link.to()), link.weight());
  }

  @Override
  public void end(List<HeadDifference> differences) {
    facts.put("top", top(differences));
    if (leftOut > 0) {
      notice.accept(
          "the page has no room for the last %d of %d inputs: one that holds all their weights would be slow to open; give fewer or shorter ones"
              .formatted(leftOut, leftOut + inputs.size()));
    }
    Page page = new Page(PageKind.ATTENTION, title, facts);
    files.forEach(page::write);
  }
}
