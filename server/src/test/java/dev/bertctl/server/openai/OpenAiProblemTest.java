// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiProblemTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "VALIDATION, 400, invalid_request_error, dimensions, validation",
        "OTHER_MODEL, 400, invalid_request_error, model, other_model",
        "NOT_FOUND, 404, invalid_request_error, model, model_not_found",
        "TOO_LARGE, 413, invalid_request_error, null, too_large",
        "OVERLOADED, 429, rate_limit_exceeded, null, overloaded",
        "INTERNAL, 500, server_error, null, internal",
        "UNAVAILABLE, 503, server_error, null, unavailable",
        "DEADLINE_EXCEEDED, 504, server_error, null, deadline_exceeded",
      })
  void problemsHaveOpenAisNames(
      ProblemType type, int status, String kind, String param, String code) {
    OpenAiProblem problem = OpenAiProblem.of(new ProblemException(type, "'dimensions' is 17"));
    assertEquals(
        new OpenAiProblem(
            new OpenAiProblem.Details("'dimensions' is 17", kind, param, code),
            "'dimensions' is 17",
            status,
            type.text()),
        problem);
  }
}
