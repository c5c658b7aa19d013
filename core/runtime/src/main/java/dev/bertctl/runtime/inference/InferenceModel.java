// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.inference;

import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.List;
import java.util.Map;

/**
 * A task's model with its weights, ready to be applied. It holds native memory until it is closed.
 *
 * <p>{@link #predict} and {@link #evaluate} may be called by several threads at once; {@link
 * #close} only when none of them runs any more.
 */
public interface InferenceModel extends AutoCloseable {

  /** The architecture. */
  BertConfig config();

  /** The vocabulary. */
  Vocabulary vocabulary();

  /**
   * Tokens of a batch, padding included, from which on a larger one is no faster: sorted by length,
   * smaller batches have less padding.
   */
  int enoughTokens();

  /**
   * Runs a batch without targets.
   *
   * @return each feature's outputs by name, without padding
   * @throws dev.bertctl.runtime.UserException if there is not enough memory for it
   */
  List<Map<String, Matrix>> predict(Batch batch);

  /**
   * Runs a batch with its targets, which every feature must have.
   *
   * @throws dev.bertctl.runtime.UserException if there is not enough memory for it
   */
  Evaluated evaluate(Batch batch);

  /** Frees the native memory. */
  @Override
  void close();
}
