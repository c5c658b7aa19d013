// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.tei;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.server.problem.ProblemType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TeiProblemTest {

  @ParameterizedTest
  @CsvSource({
    "EMPTY, 400, Empty",
    "MALFORMED, 400, Validation",
    "TOO_LARGE, 413, Validation",
    "VALIDATION, 422, Validation",
    "OTHER_MODEL, 424, Backend",
    "INTERNAL, 424, Backend",
    "OVERLOADED, 429, Overloaded",
    "UNAVAILABLE, 503, Unhealthy",
    "DEADLINE_EXCEEDED, 504, Backend",
  })
  void problemsHaveItsStatusAndType(ProblemType problem, int status, String type) {
    assertEquals(status, TeiProblem.status(problem));
    assertEquals(type, TeiProblem.errorType(problem));
  }
}
