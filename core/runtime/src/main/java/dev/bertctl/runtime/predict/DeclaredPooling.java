// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.predict;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.huggingface.SentenceTransformersFolder;
import dev.bertctl.runtime.options.Origin;
import dev.bertctl.runtime.options.Value;
import java.util.Optional;

/**
 * The pooling that a model was trained with. Where a task that is applied to the model has an
 * option of that name, it stands in place of the option's default, and gives way to what is set.
 */
public final class DeclaredPooling {

  /** The option. */
  public static final String OPTION = "pooling";

  private DeclaredPooling() {}

  /**
   * The option's value; empty if the model's folder does not tell.
   *
   * @throws UserException if the model's pooling cannot be computed
   */
  public static Optional<Value> of(PretrainedModel model) {
    Origin origin = Origin.of(SentenceTransformersFolder.poolingFile(model.directory()).toString());
    return SentenceTransformersFolder.pooling(model.directory())
        .map(pooling -> Value.scalar(OPTION, pooling, origin));
  }
}
