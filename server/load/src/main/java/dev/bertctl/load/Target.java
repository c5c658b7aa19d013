// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load;

import java.net.URI;

/**
 * What is loaded.
 *
 * @param name as the report calls it
 * @param form how it is asked
 * @param uri where predictions are asked for
 */
record Target(String name, Form form, URI uri) {

  /** Reads {@code NAME=FORM:URL}. */
  static Target parse(String text) {
    int equals = text.indexOf('=');
    int colon = text.indexOf(':', equals);
    if (equals < 1 || colon < 0) {
      throw new IllegalArgumentException(
          "'%s' is no NAME=FORM:URL, as in bertctl=native:http://localhost:8080/v1/models/text/predict"
              .formatted(text));
    }
    return new Target(
        text.substring(0, equals),
        Form.of(text.substring(equals + 1, colon)),
        URI.create(text.substring(colon + 1)));
  }

  /** Its port. */
  int port() {
    return uri.getPort() < 0 ? 80 : uri.getPort();
  }
}
