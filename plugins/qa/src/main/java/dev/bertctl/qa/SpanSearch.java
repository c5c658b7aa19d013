// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import dev.bertctl.spi.decode.FeatureOutput;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the best spans of a passage, in all of its windows. A span lies inside the passage, does
 * not end before it starts and has no more than the longest answer's word pieces. A token in
 * several windows starts spans only in the window where it has most context, as in the original
 * BERT's {@code run_squad}. All such spans are compared; the reference implementations look only at
 * the best starts and ends, which can leave them without any valid span.
 *
 * @param packing made the windows
 * @param nBest spans to find
 * @param maxAnswerLength most word pieces of a span
 */
record SpanSearch(SpanPacking packing, int nBest, int maxAnswerLength) {

  /** The best spans, best first; of equal ones the first in the passage, then the shortest. */
  List<ScoredSpan> find(List<FeatureOutput> outputs) {
    List<Window> windows = packing.windows(outputs.stream().map(FeatureOutput::feature).toList());
    int[] shown = mostContext(windows);
    List<ScoredSpan> best = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      Window window = windows.get(i);
      for (int piece = window.from(); piece < window.to(); piece++) {
        if (i == shown[piece]) {
          addSpans(outputs.get(i), piece - window.from(), best);
        }
      }
    }
    return best;
  }

  /**
   * For each piece of the passage the window, the first of equal ones, in which it has most
   * context.
   */
  static int[] mostContext(List<Window> windows) {
    int[] best = new int[windows.get(windows.size() - 1).to()];
    Arrays.fill(best, -1);
    for (int i = 0; i < windows.size(); i++) {
      Window window = windows.get(i);
      for (int piece = window.from(); piece < window.to(); piece++) {
        if (best[piece] < 0 || window.context(piece) > windows.get(best[piece]).context(piece)) {
          best[piece] = i;
        }
      }
    }
    return best;
  }

  private void addSpans(FeatureOutput output, int first, List<ScoredSpan> best) {
    Matrix logits = output.logits(); // [T,2]
    Sequence sequence = output.feature().sequence();
    Pieces part = sequence.texts().get(1);
    int start = sequence.start(1);
    int end = first + Math.min(maxAnswerLength, part.size() - first);
    for (int last = first; last < end; last++) {
      add(
          new ScoredSpan(
              new Span(part.starts()[first], part.ends()[last]),
              logits.at(start + first, 0),
              logits.at(start + last, 1)),
          best);
    }
  }

  private void add(ScoredSpan span, List<ScoredSpan> best) {
    int place = best.size();
    while (place > 0 && best.get(place - 1).score() < span.score()) {
      place--;
    }
    if (place < nBest) {
      best.add(place, span);
      if (best.size() > nBest) {
        best.remove(nBest);
      }
    }
  }
}
