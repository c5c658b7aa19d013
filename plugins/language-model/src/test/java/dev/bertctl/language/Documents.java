// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.Location;
import java.util.List;
import java.util.Map;

/** Documents made up. */
final class Documents {

  private Documents() {}

  static Document training(String... sentences) {
    return of(Purpose.TRAINING, sentences);
  }

  static Document of(Purpose purpose, String... sentences) {
    return new Document(new Location("memory", 1), Map.of(), List.of(sentences), purpose);
  }
}
