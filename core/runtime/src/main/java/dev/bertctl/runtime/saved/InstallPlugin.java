// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.saved;

import dev.bertctl.runtime.Remedy;
import java.util.Optional;

/**
 * Install the plugin of a model.
 *
 * @param source what it can be installed from; empty if only whoever made the model knows
 */
public record InstallPlugin(Optional<String> source) implements Remedy {}
