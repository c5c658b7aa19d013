// SPDX-License-Identifier: Apache-2.0
/**
 * Vocabularies learned from text, for a BERT that is pretrained from scratch.
 *
 * <p>A {@link dev.bertctl.runtime.tokenize.vocabulary.VocabularyLearner} is given texts one after
 * the other, splits them into words and keeps only how often each word occurs. {@link
 * dev.bertctl.runtime.tokenize.vocabulary.WordPieceTrainer} makes word pieces of them as Hugging
 * Face's trainer does, {@link dev.bertctl.runtime.tokenize.vocabulary.WordVocabulary} takes the
 * words themselves. The same texts in the same order give the same tokens, and so the same ids.
 */
package dev.bertctl.runtime.tokenize.vocabulary;
