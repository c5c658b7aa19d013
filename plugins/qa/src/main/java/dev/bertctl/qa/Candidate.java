// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

/**
 * An answer that was considered.
 *
 * @param text cut from the passage; empty for "no answer"
 * @param start where it begins in the passage, counted in Unicode characters; 0 for "no answer"
 * @param end one past its last character; 0 for "no answer"
 * @param probability among all candidates of the question
 * @param startLogit the logit of its first token
 * @param endLogit the logit of its last token
 */
record Candidate(
    String text, int start, int end, double probability, float startLogit, float endLogit) {}
