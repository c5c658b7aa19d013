// SPDX-License-Identifier: Apache-2.0
/**
 * The protocol of Hugging Face's text-embeddings-inference: /predict, /embed, /embed_all, /rerank,
 * /similarity, /tokenize, /decode, /info and /ping, for the first model that can answer, and below
 * /tei/NAME for each.
 */
package dev.bertctl.server.tei;
