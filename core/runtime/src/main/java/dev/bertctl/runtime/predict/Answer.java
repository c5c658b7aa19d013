// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.predict;

import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.decode.Prediction;
import java.time.Duration;

/**
 * A prediction that was made in a batch with others.
 *
 * @param prediction the prediction
 * @param output what the model answered, which the prediction was decoded from
 * @param queued how long it waited for the batch
 * @param computed how long the batch took
 * @param <P> a prediction
 */
public record Answer<P extends Prediction>(
    P prediction, ModelOutput output, Duration queued, Duration computed) {}
