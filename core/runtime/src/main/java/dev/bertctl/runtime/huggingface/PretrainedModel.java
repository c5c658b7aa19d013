// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.huggingface;

import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.weights.Weight;
import java.nio.file.Path;
import java.util.Map;

/**
 * A model on this machine, checked and ready to load.
 *
 * @param reference how the user named it: alias, directory, {@code maven:…} or {@code hf:…}
 * @param directory local folder that holds tokenizer.json or vocab.txt (with tokenizer_config.json
 *     for the casing)
 * @param config its architecture
 * @param weights all of its weights by canonical name (see {@link WeightTensor#name()})
 */
public record PretrainedModel(
    String reference, Path directory, BertConfig config, Map<String, ? extends Weight> weights) {}
