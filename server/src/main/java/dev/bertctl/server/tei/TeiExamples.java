// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.tei;

/** Requests, for the OpenAPI document. */
final class TeiExamples {

  static final String PREDICT = "{\"inputs\": \"Warm, light and cheap.\"}";
  static final String EMBED = "{\"inputs\": [\"A dog sleeps.\", \"An animal rests.\"]}";
  static final String EMBED_ALL = "{\"inputs\": \"A dog sleeps.\"}";
  static final String RERANK =
      "{\"query\": \"Who sleeps?\", \"texts\": [\"A dog sleeps.\", \"It rains.\"]}";
  static final String SIMILARITY =
      "{\"inputs\": {\"source_sentence\": \"A dog sleeps.\", \"sentences\": [\"An animal rests.\"]}}";
  static final String TOKENIZE = "{\"inputs\": \"A dog sleeps.\"}";
  static final String DECODE = "{\"ids\": [101, 1037, 3899, 102]}";

  private TeiExamples() {}
}
