// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.problem;

/** What kinds of problems requests meet, with the status of the response. */
public enum ProblemType {
  /** The request is not what it claims to be, such as JSON. */
  MALFORMED("Malformed", 400),
  /** There is nothing in the request. */
  EMPTY("Empty", 400),
  /** No key, or a wrong one. */
  UNAUTHORIZED("Unauthorized", 401),
  /** There is no such model, or no such path. */
  NOT_FOUND("NotFound", 404),
  /** The path exists, but not for this method. */
  METHOD_NOT_ALLOWED("MethodNotAllowed", 405),
  /** Only other forms of a response are to be had than the client accepts. */
  NOT_ACCEPTABLE("NotAcceptable", 406),
  /** There are too many bytes, rows, or tokens. */
  TOO_LARGE("TooLarge", 413),
  /** The body is not JSON. */
  UNSUPPORTED_MEDIA_TYPE("UnsupportedMediaType", 415),
  /** A row cannot be used. */
  VALIDATION("Validation", 422),
  /** The model is of another kind than the request is for. */
  OTHER_MODEL("OtherModel", 424),
  /** There are as many inputs waiting as may be. */
  OVERLOADED("Overloaded", 429),
  /** The server failed. */
  INTERNAL("Internal", 500),
  /** The server is starting or ending. */
  UNAVAILABLE("Unavailable", 503),
  /** There was no time to compute it. */
  DEADLINE_EXCEEDED("DeadlineExceeded", 504);

  private final String text;
  private final int status;

  ProblemType(String text, int status) {
    this.text = text;
    this.status = status;
  }

  /** What it is called in responses. */
  public String text() {
    return text;
  }

  /** Status of the response. */
  public int status() {
    return status;
  }
}
