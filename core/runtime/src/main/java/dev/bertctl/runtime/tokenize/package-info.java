// SPDX-License-Identifier: Apache-2.0
/**
 * Texts to word pieces, through Hugging Face's tokenizers library.
 *
 * <p>{@link dev.bertctl.runtime.tokenize.Tokenizers} opens and saves the tokenizer of a model
 * folder. Places in a text are those of Java's strings, whatever the library counts.
 */
package dev.bertctl.runtime.tokenize;
