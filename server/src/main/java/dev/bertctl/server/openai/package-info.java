// SPDX-License-Identifier: Apache-2.0
/** OpenAI's protocol, as far as it is of embeddings: /v1/embeddings. */
package dev.bertctl.server.openai;
