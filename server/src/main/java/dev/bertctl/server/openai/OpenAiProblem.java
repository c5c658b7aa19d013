// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemType;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the body of a response says that is no success: OpenAI's form, and beside it what
 * text-embeddings-inference says on this path.
 *
 * @param error as OpenAI's clients read it
 * @param message what is wrong, where, and what to do
 * @param code status of the response
 * @param type what kind of problem it is
 */
record OpenAiProblem(Details error, String message, int code, String type) {

  /** A field's name in a message, without a place in it. */
  private static final Pattern FIELD = Pattern.compile("'([a-z_]+)(\\[\\d+\\])*'");

  /**
   * The problem.
   *
   * @param message what is wrong, where, and what to do
   * @param type {@code invalid_request_error} if it is the client's, or {@code server_error}
   * @param param the field that is wrong; null if it is not one
   * @param code what kind of problem it is
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Details(String message, String type, String param, String code) {}

  static OpenAiProblem of(ProblemException problem) {
    ProblemType type = problem.type();
    int status = status(type);
    String kind =
        status == 429
            ? "rate_limit_exceeded"
            : status < 500 ? "invalid_request_error" : "server_error";
    String code =
        type == ProblemType.NOT_FOUND
            ? "model_not_found"
            : type.text().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    Details details = new Details(problem.getMessage(), kind, param(problem), code);
    return new OpenAiProblem(details, problem.getMessage(), status, type.text());
  }

  /** OpenAI has one status for what is wrong with a request. */
  static int status(ProblemType type) {
    return switch (type) {
      case VALIDATION, OTHER_MODEL -> 400;
      default -> type.status();
    };
  }

  private static String param(ProblemException problem) {
    if (problem.type() == ProblemType.NOT_FOUND || problem.type() == ProblemType.OTHER_MODEL) {
      return "model";
    }
    Matcher field = FIELD.matcher(problem.getMessage());
    boolean names = problem.type() == ProblemType.VALIDATION || problem.type() == ProblemType.EMPTY;
    return names && field.find() ? field.group(1) : null;
  }
}
