// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.BertParameters;
import java.util.OptionalInt;

/**
 * Which part of the encoder keeps its weights, from the embeddings upwards: {@code none}, {@code
 * embeddings}, the embeddings and the first N layers, written {@code N}, or the whole {@code
 * encoder}. The pooler and the head are trained whatever it says.
 */
public final class Freeze {

  /** All is trained. */
  public static final Freeze NONE = new Freeze("none", -1);

  /** The embeddings, their LayerNorm included. */
  public static final Freeze EMBEDDINGS = new Freeze("embeddings", 0);

  /** Embeddings and all layers. */
  public static final Freeze ENCODER = new Freeze("encoder", Integer.MAX_VALUE);

  private final String text;
  private final int layers;

  private Freeze(String text, int layers) {
    this.text = text;
    this.layers = layers;
  }

  /**
   * The embeddings and the first layers.
   *
   * @param count at least 1
   * @throws IllegalArgumentException if it is less
   */
  public static Freeze layers(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "the number of layers to freeze must be at least 1, and is %d; without any layer it is none or embeddings"
              .formatted(count));
    }
    return new Freeze(Integer.toString(count), count);
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static Freeze of(String text) {
    return switch (text) {
      case "none" -> NONE;
      case "embeddings" -> EMBEDDINGS;
      case "encoder" -> ENCODER;
      default -> layers(count(text));
    };
  }

  private static int count(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' names no part of the encoder; write none, embeddings, encoder, or the number of layers from the bottom"
              .formatted(text),
          e);
    }
  }

  /** The number of layers; empty where it is none of them or all. */
  OptionalInt count() {
    return layers > 0 && layers < Integer.MAX_VALUE ? OptionalInt.of(layers) : OptionalInt.empty();
  }

  /**
   * Whether it holds a parameter of the encoder fast.
   *
   * @param name of the parameter
   */
  boolean covers(String name) {
    return BertParameters.isOfEncoder(name) && BertParameters.layerOf(name).orElse(-1) < layers;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Freeze freeze && freeze.layers == layers;
  }

  @Override
  public int hashCode() {
    return Integer.hashCode(layers);
  }

  @Override
  public String toString() {
    return text;
  }
}
