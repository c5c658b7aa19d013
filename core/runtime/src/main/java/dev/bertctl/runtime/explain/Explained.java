// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.explain;

import java.util.Optional;

/**
 * The value of a head's output that is explained.
 *
 * @param feature which of the example's features: where there are several windows, the one with the
 *     best answer
 * @param sequence which of the feature's sequences, 0 unless it has choices
 * @param row of the output's matrix: 0, or the token or choice
 * @param column of the output's matrix
 * @param name the class, number, tag or choice, or {@code start} or {@code end} of an answer
 * @param word the word whose tag it is, or with which the answer starts or ends
 */
public record Explained(
    int feature, int sequence, int row, int column, String name, Optional<Word> word) {}
