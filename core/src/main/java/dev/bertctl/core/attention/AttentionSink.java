// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.attention;

import dev.bertctl.runtime.attention.HeadDifference;
import java.util.List;

/** Takes what is shown, an input at a time: the weights of all may not fit into memory. */
public interface AttentionSink {

  /**
   * The models are loaded.
   *
   * @param models one or two
   */
  void begin(List<ShownModel> models);

  /** An input's weights are computed. */
  void accept(AttentionView view);

  /**
   * All inputs are read.
   *
   * @param differences of two models over all inputs, each as much as it has tokens, the largest
   *     first; none of one
   */
  void end(List<HeadDifference> differences);
}
