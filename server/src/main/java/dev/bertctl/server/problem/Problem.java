// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.problem;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What the body of a response says that is no success.
 *
 * @param error what is wrong, where, and what to do
 * @param errorType what kind of problem it is, of {@link ProblemType#text}
 */
public record Problem(String error, @JsonProperty("error_type") String errorType) {}
