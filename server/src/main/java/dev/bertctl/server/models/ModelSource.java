// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.models;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model to serve, as the user names it: {@code runs/reviews}, or {@code
 * reviews=runs/2026-11/text} to give it another name than its folder's.
 *
 * @param name by which requests call it
 * @param folder the model's folder, or that of the run which saved it
 */
public record ModelSource(String name, Path folder) {

  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";
  private static final String MODEL = "model";

  /**
   * Reads {@code FOLDER} or {@code NAME=FOLDER}. A run's model, {@code runs/nli/model}, has the
   * run's name.
   *
   * @throws IllegalArgumentException if the name cannot stand in a URL as it is
   */
  public static ModelSource parse(String text) {
    int equals = text.indexOf('=');
    if (equals >= 0) {
      return new ModelSource(
          checked(text.substring(0, equals), text), Path.of(text.substring(equals + 1)));
    }
    Path folder = Path.of(text);
    Path whole = folder.toAbsolutePath().normalize();
    Path named = whole.endsWith(MODEL) && whole.getNameCount() > 1 ? whole.getParent() : whole;
    return new ModelSource(checked(String.valueOf(named.getFileName()), text), folder);
  }

  private static String checked(String name, String text) {
    if (!name.matches(NAME)) {
      throw new IllegalArgumentException(
          "%s: '%s' cannot be a model's name in a URL; give one of letters, digits, dots, dashes and underscores, as in reviews=%s"
              .formatted(text, name, text.substring(text.indexOf('=') + 1)));
    }
    return name;
  }

  /**
   * Reads the models to serve.
   *
   * @throws IllegalArgumentException if two have one name
   */
  public static List<ModelSource> parse(List<String> texts) {
    Map<String, ModelSource> byName = new TreeMap<>();
    List<ModelSource> sources = texts.stream().map(ModelSource::parse).toList();
    for (ModelSource source : sources) {
      ModelSource other = byName.put(source.name, source);
      if (other != null) {
        throw new IllegalArgumentException(
            "%s and %s would both be called '%s'; name one of them, as in another=%s"
                .formatted(other.folder, source.folder, source.name, source.folder));
      }
    }
    return sources;
  }
}
