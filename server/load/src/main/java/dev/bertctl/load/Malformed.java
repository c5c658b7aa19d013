// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load;

import java.net.URI;

/** Requests that are none, and what bertctl's own protocol answers. */
enum Malformed {
  /** JSON that ends in its middle. */
  BROKEN_JSON("{\"rows\": [{\"text\": \"a", 400),
  /** No body. */
  EMPTY("", 400),
  /** A row that is a text. */
  NO_ROW("{\"rows\": [\"a text\"]}", 422),
  /** A row without what the model reads. */
  NO_COLUMN("{\"rows\": [{\"unheard-of\": \"a\"}]}", 422),
  /** A body of more bytes than it may have. */
  TOO_LARGE("{\"rows\": [{\"text\": \"%s\"}]}".formatted("a ".repeat(1_500_000)), 413),
  /** More rows than a request may have. */
  TOO_MANY_ROWS("[%s{\"text\": \"a\"}]".formatted("{\"text\": \"a\"},".repeat(5_000)), 413);

  private final String body;
  private final int status;

  Malformed(String body, int status) {
    this.body = body;
    this.status = status;
  }

  /** What is written. Of what is too large the beginning is enough. */
  String request(URI uri) {
    String whole = RawConnection.post(uri, body);
    return this == TOO_LARGE ? whole.substring(0, 1000) : whole;
  }

  /** What is answered. */
  int status() {
    return status;
  }
}
