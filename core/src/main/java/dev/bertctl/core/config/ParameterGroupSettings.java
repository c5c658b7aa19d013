// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import dev.bertctl.runtime.options.Range;
import dev.bertctl.spi.Doc;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Parameters that are trained otherwise than the rest. */
public interface ParameterGroupSettings {

  /** Which parameters. */
  @Doc("Names of the group's parameters, such as encoder.layer.0.*; * stands for any characters.")
  String match();

  /** Their learning rate. */
  @Doc("Their learning rate in place of train.learning-rate, under the same schedule.")
  @Range(above = 0)
  Optional<Double> learningRate();

  /** Their weight decay. */
  @Doc("Their weight decay in place of train.weight-decay.")
  @Range(atLeast = 0)
  Optional<Double> weightDecay();

  /** Whether they stay as they are. */
  @Doc("Whether they are not trained at all.")
  @WithDefault("false")
  boolean frozen();
}
