// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import dev.bertctl.runtime.files.FileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Where a model comes from, as far as that is known; nothing is guessed.
 *
 * @param reference how the user named it
 * @param hubName what it is called on the Hugging Face hub
 * @param license of its weights, as the hub names licences
 */
public record ModelOrigin(String reference, Optional<String> hubName, Optional<String> license) {

  /** A model card: what is known of a model stands in its front matter. */
  public static final String CARD = "README.md";

  private static final String RULER = "---";

  /**
   * Told from the reference, from the table of aliases, and from the model's own card.
   *
   * @param folder the model's files
   */
  public static ModelOrigin of(String reference, Path folder) {
    Optional<ModelAlias> alias =
        ModelAlias.named(reference)
            .or(
                () ->
                    ModelAlias.all().stream()
                        .filter(one -> reference.equals("maven:" + one.coordinates()))
                        .findFirst());
    Optional<String> hub =
        reference.startsWith("hf:")
            ? Optional.of(HubName.parse(reference.substring("hf:".length())).repository())
            : alias.map(ModelAlias::hubName);
    return new ModelOrigin(
        reference, hub, alias.map(ModelAlias::license).or(() -> licenseIn(folder.resolve(CARD))));
  }

  private static Optional<String> licenseIn(Path card) {
    if (!Files.isRegularFile(card)) {
      return Optional.empty();
    }
    try {
      String text = Files.readString(card, StandardCharsets.UTF_8).replace("\r\n", "\n");
      int end = text.indexOf("\n" + RULER, RULER.length());
      return text.startsWith(RULER + "\n") && end > 0
          ? license(text.substring(RULER.length(), end))
          : Optional.empty();
    } catch (IOException e) {
      throw FileException.reading(card, e);
    }
  }

  /** A card is for people first: what is no YAML states no licence, and hinders nobody. */
  private static Optional<String> license(String frontMatter) {
    try {
      Object fields = new Yaml(new SafeConstructor(new LoaderOptions())).load(frontMatter);
      return fields instanceof Map<?, ?> map && map.get("license") instanceof String license
          ? Optional.of(license)
          : Optional.empty();
    } catch (YAMLException e) {
      return Optional.empty();
    }
  }
}
