// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.predict;

import dev.bertctl.spi.decode.Prediction;
import java.time.Duration;

/**
 * A prediction that was made in a batch with others.
 *
 * @param prediction the prediction
 * @param queued how long it waited for the batch
 * @param computed how long the batch took
 * @param <P> a prediction
 */
public record Answer<P extends Prediction>(P prediction, Duration queued, Duration computed) {}
