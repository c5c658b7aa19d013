// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.attention;

import dev.bertctl.core.attention.AttentionView.OfModel;
import dev.bertctl.core.runs.RunListener;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.attention.AttentionModel;
import dev.bertctl.runtime.attention.AttentionToken;
import dev.bertctl.runtime.attention.HeadDifference;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.evaluation.Progress;
import dev.bertctl.runtime.packing.SequencePacker;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import java.util.ArrayList;
import java.util.List;

/** Computes what the heads of one model, or of two, attend to. */
public final class AttentionJob {

  private final List<ShownModel> models;
  private final int maxLength;
  private final ComputeDevice device;
  private final RunListener listener;

  /**
   * @param models one, or two that are compared
   * @param maxLength longest sequence in tokens, special tokens included
   * @param device where it is computed
   * @param listener is told what happens
   * @throws UserException naming what differs, if two models have not as many layers and heads
   */
  public AttentionJob(
      List<ShownModel> models, int maxLength, ComputeDevice device, RunListener listener) {
    this.models = List.copyOf(models);
    this.maxLength = maxLength;
    this.device = device;
    this.listener = listener;
    if (models.size() > 1) {
      BertConfig a = models.get(0).files().config();
      BertConfig b = models.get(1).files().config();
      requireEqual("layers", a.layers(), b.layers());
      requireEqual("heads in a layer", a.heads(), b.heads());
      noticeMasks();
    }
  }

  private void noticeMasks() {
    if (models.get(0).mask() != models.get(1).mask()) {
      listener.notice(
          "of %s and %s one is a causal language model, whose tokens see none behind them: that alone lets their heads differ"
              .formatted(models.get(0).name(), models.get(1).name()));
    }
  }

  private void requireEqual(String what, int a, int b) {
    if (a != b) {
      throw notBeside("they have %d and %d %s".formatted(a, b, what));
    }
  }

  private UserException notBeside(String reason) {
    return new UserException(
        "%s and %s cannot be shown beside each other: %s; give two models of the same architecture and vocabulary, such as one before and after it was fine-tuned"
            .formatted(models.get(0).name(), models.get(1).name(), reason));
  }

  /**
   * Computes.
   *
   * @param sink takes the weights
   * @throws UserException naming what differs, if two models give other tokens of an input
   */
  public void run(AttentionInputs inputs, AttentionSink sink) {
    List<AttentionModel> opened = new ArrayList<>();
    try {
      for (ShownModel model : models) {
        opened.add(AttentionModel.open(model.files(), model.mask(), maxLength, device));
      }
      sink.begin(models);
      listener.during(
          "computing attention",
          0,
          progress -> {
            run(inputs, opened, sink, progress);
            return null;
          });
    } finally {
      opened.forEach(AttentionModel::close);
    }
  }

  private void run(
      AttentionInputs inputs, List<AttentionModel> opened, AttentionSink sink, Progress progress) {
    List<SequencePacker> packers = opened.stream().map(AttentionModel::packer).toList();
    MeanDifferences means = new MeanDifferences();
    List<String> cut = new ArrayList<>();
    int[] done = {0};
    AttentionInputs.Read read =
        inputs.read(
            packers,
            input -> {
              AttentionView view = view(input, opened);
              means.add(view);
              sink.accept(view);
              if (view.cut() > 0) {
                cut.add("%s by %d word pieces".formatted(view.name(), view.cut()));
              }
              progress.update(++done[0]);
            });
    sink.end(means.sorted());
    if (!cut.isEmpty()) {
      listener.notice(
          "cut to %d tokens: %d of %d inputs, the first %s"
              .formatted(maxLength, cut.size(), done[0], cut.get(0)));
    }
    if (read.more()) {
      listener.notice("left out: all behind the first %d examples".formatted(read.examples()));
    }
  }

  private AttentionView view(PackedInput input, List<AttentionModel> opened) {
    requireSameTokens(input, opened);
    List<OfModel> computed = new ArrayList<>();
    for (int i = 0; i < opened.size(); i++) {
      computed.add(OfModel.of(opened.get(i).attentions(input.sequences().get(i))));
    }
    return new AttentionView(
        input.name(),
        input.sequences().get(0).cut().stream().mapToInt(Integer::intValue).sum(),
        computed,
        computed.size() > 1
            ? HeadDifference.between(computed.get(0).attentions(), computed.get(1).attentions())
            : List.of());
  }

  private void requireSameTokens(PackedInput input, List<AttentionModel> opened) {
    List<AttentionToken> first = opened.get(0).tokens(input.sequences().get(0));
    for (int model = 1; model < opened.size(); model++) {
      List<AttentionToken> other = opened.get(model).tokens(input.sequences().get(model));
      for (int i = 0; i < Math.min(first.size(), other.size()); i++) {
        if (!first.get(i).equals(other.get(i))) {
          throw notBeside(
              "in %s token %d is '%s' and '%s'"
                  .formatted(input.name(), i + 1, first.get(i).text(), other.get(i).text()));
        }
      }
      if (first.size() != other.size()) {
        throw notBeside(
            "%s has %d and %d tokens".formatted(input.name(), first.size(), other.size()));
      }
    }
  }
}
