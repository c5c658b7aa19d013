// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.inspect;

import dev.bertctl.core.data.SplitCounts;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.packing.Feature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes the examples of one split after another, and reports on them. */
public final class DataInspector {

  private final String task;
  private final Head head;
  private final Map<String, Map<Fingerprint, Seen>> seen = new LinkedHashMap<>();
  private final List<SplitReport> reports = new ArrayList<>();
  private Map<Fingerprint, Seen> own = Map.of();
  private Findings findings = new Findings();
  private Lengths lengths = new Lengths();
  private LabelCounter labels;

  /**
   * @param task the task's name
   * @param head the task's
   */
  public DataInspector(String task, Head head) {
    this.task = task;
    this.head = head;
    this.labels = new LabelCounter(head);
  }

  /** An input that was met before: where first, and towards what it is trained. */
  private record Seen(Location first, Fingerprint targets) {}

  /** Begins a split. */
  public void begin(String split) {
    own = new HashMap<>();
    seen.put(split, own);
    findings = new Findings();
    lengths = new Lengths();
    labels = new LabelCounter(head);
  }

  /**
   * Takes an example of the split.
   *
   * @param features as they were packed
   */
  public void add(Example example, List<Feature> features) {
    ExampleTexts.check(example, findings::add);
    features.forEach(lengths::add);
    if (features.isEmpty()) {
      return;
    }
    Fingerprint inputs = Fingerprint.ofInputs(features);
    Seen here = new Seen(example.location(), Fingerprint.ofTargets(features));
    seen.forEach(
        (split, earlier) -> {
          if (earlier.containsKey(inputs)) {
            repeated(split, earlier.get(inputs), here, earlier == own);
          }
        });
    own.putIfAbsent(inputs, here);
  }

  private void repeated(String split, Seen first, Seen here, boolean within) {
    String places = "%s as %s".formatted(here.first(), first.first());
    findings.add(
        within ? "duplicates in the split" : "inputs that are in %s, too".formatted(split), places);
    if (!first.targets().equals(here.targets())) {
      findings.add(
          within
              ? "inputs that have another label elsewhere in the split"
              : "inputs that have another label in " + split,
          places);
    }
  }

  /**
   * Counts a feature's labels.
   *
   * @param drawn as the model is to see it
   */
  public void count(Feature drawn) {
    labels.add(drawn);
  }

  /** Ends the split. */
  public void end(String split, Location file, SplitCounts counts) {
    reports.add(
        new SplitReport(
            split,
            file.file(),
            counts,
            labels.balance(),
            lengths.fields(),
            told(counts.examples())));
  }

  /** All findings, but for a part that is empty everywhere: that is one these data do not have. */
  private List<Finding> told(long examples) {
    return findings.all().stream()
        .filter(
            finding -> !finding.what().startsWith(ExampleTexts.EMPTY) || finding.count() < examples)
        .toList();
  }

  /** What was found in all splits. */
  public DataReport report() {
    return new DataReport(task, List.copyOf(reports));
  }
}
