// SPDX-License-Identifier: Apache-2.0
/**
 * Prediction on Spark. {@link dev.bertctl.spark.BertTransformer} is a transformer of Spark ML;
 * {@link dev.bertctl.spark.BertFunctions} and {@link dev.bertctl.spark.BertExtensions} make
 * functions of SQL of models; {@link dev.bertctl.spark.PredictJob} is the application that {@code
 * spark-submit} runs.
 */
package dev.bertctl.spark;
