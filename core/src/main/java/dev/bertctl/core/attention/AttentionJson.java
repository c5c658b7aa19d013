// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.attention;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.runtime.attention.Attentions;
import dev.bertctl.runtime.attention.HeadDifference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;

/**
 * All weights as JSON, which is written while they are computed:
 *
 * <pre>{@code
 * {"models": [{"name": "runs/nli", "layers": 6, "heads": 12, "causal": false}],
 *  "inputs": [{"name": "pairs.jsonl:1", "cut": 0,
 *              "tokens": [{"text": "[CLS]", "segment": 0, "special": true}, ...],
 *              "differences": [{"layer": 5, "head": 3, "distance": 0.41}, ...],
 *              "models": [{"heads": [{"layer": 1, "head": 1, "entropy": 2.1, ...}, ...],
 *                          "weights": [[[[0.11234, ...], ...], ...], ...]}]}],
 *  "differences": [...]}
 * }</pre>
 *
 * <p>Weights are by layer, head, attending token and attended token, rounded to five decimals.
 * There are differences where there are two models.
 */
public final class AttentionJson implements AttentionSink {

  private final JsonGenerator out;

  /**
   * @param out where to; it is flushed in the end, and left open
   */
  public AttentionJson(Writer out) {
    try {
      this.out = new ObjectMapper().createGenerator(out);
      this.out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void begin(List<ShownModel> models) {
    write(
        () -> {
          out.writeStartObject();
          out.writePOJOField("models", models.stream().map(AttentionFacts::of).toList());
          out.writeArrayFieldStart("inputs");
        });
  }

  @Override
  public void accept(AttentionView view) {
    write(
        () -> {
          out.writeStartObject();
          out.writeStringField("name", view.name());
          out.writeNumberField("cut", view.cut());
          out.writePOJOField("tokens", view.tokens().stream().map(AttentionFacts::of).toList());
          if (!view.differences().isEmpty()) {
            out.writePOJOField("differences", AttentionFacts.of(view.differences()));
          }
          out.writeArrayFieldStart("models");
          for (AttentionView.OfModel model : view.models()) {
            out.writeStartObject();
            out.writePOJOField("heads", model.heads().stream().map(AttentionFacts::of).toList());
            out.writeFieldName("weights");
            weights(model.attentions());
            out.writeEndObject();
          }
          out.writeEndArray();
          out.writeEndObject();
          out.writeRaw('\n');
        });
  }

  private void weights(Attentions attentions) throws IOException {
    int tokens = attentions.tokens().size();
    out.writeStartArray();
    for (float[] layer : attentions.layers()) {
      out.writeStartArray();
      for (int head = 0; head < attentions.heads(); head++) {
        out.writeStartArray();
        for (int from = 0; from < tokens; from++) {
          out.writeStartArray();
          int row = (head * tokens + from) * tokens;
          for (int to = 0; to < tokens; to++) {
            out.writeNumber(AttentionFacts.rounded(layer[row + to]));
          }
          out.writeEndArray();
        }
        out.writeEndArray();
      }
      out.writeEndArray();
    }
    out.writeEndArray();
  }

  @Override
  public void end(List<HeadDifference> differences) {
    write(
        () -> {
          out.writeEndArray();
          if (!differences.isEmpty()) {
            out.writePOJOField("differences", AttentionFacts.of(differences));
          }
          out.writeEndObject();
          out.writeRaw('\n');
          out.flush();
        });
  }

  private static void write(Writing writing) {
    try {
      writing.write();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes something. */
  @FunctionalInterface
  private interface Writing {
    void write() throws IOException;
  }
}
