// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader;
import dev.bertctl.spi.decode.Decoder;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.decode.PredictionReader;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.packing.InputPacking;

/**
 * One definition of a task; training, evaluation, prediction and scoring all use it, so they cannot
 * drift apart.
 *
 * @param reader makes examples of a data file
 * @param packing makes the encoder's input of an example
 * @param head logits and loss on top of the encoder
 * @param decoder makes a prediction, in the user's terms, of an example's logits
 * @param predictions reads predictions made by anyone, for {@code score}
 * @param metric compares examples and predictions
 * @param <X> an example
 * @param <P> a prediction
 */
public record Task<X extends Example, P extends Prediction>(
    ExampleReader<X> reader,
    InputPacking<X> packing,
    Head head,
    Decoder<X, P> decoder,
    PredictionReader<X, P> predictions,
    Metric<X, P> metric) {}
