// SPDX-License-Identifier: Apache-2.0
/**
 * Prediction in Java programs: a model is opened with {@link
 * dev.bertctl.runtime.predict.Predictor#open}, and served to many threads by {@link
 * dev.bertctl.runtime.predict.MicroBatcher}. Beside the SPI this is the interface that bertctl
 * promises to keep: what is public here changes with a major version only. The runtime's other
 * packages are its own.
 */
package dev.bertctl.runtime.predict;
