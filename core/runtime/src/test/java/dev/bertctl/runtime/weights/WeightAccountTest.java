// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.UserException;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WeightAccountTest {

  private static final Map<String, List<Integer>> REQUIRED = shapes("encoder.x", 2, "encoder.y", 3);
  private static final Map<String, List<Integer>> OPTIONAL = shapes("pooler.x", 2, "head", 1);

  @Test
  void everyWeightIsAccountedFor() {
    WeightAccount account =
        WeightAccount.of(
            "m",
            REQUIRED,
            OPTIONAL,
            weights("other", 9, "encoder.y", 3, "encoder.x", 2, "head", 1));
    assertEquals(List.of("encoder.x", "encoder.y", "head"), account.loaded());
    assertEquals(List.of("pooler.x"), account.initialized());
    assertEquals(List.of("other"), account.leftOver());
    assertEquals(
        "3 weights loaded, newly initialised: pooler.x, left over: other", account.summary());
  }

  @Test
  void aMissingRequiredWeightIsAnError() {
    UserException error =
        assertThrows(
            UserException.class,
            () -> WeightAccount.of("m", REQUIRED, OPTIONAL, weights("encoder.x", 2)));
    assertEquals(
        "m: weight encoder.y of shape [3] is missing; check that the file holds a whole BERT"
            + " encoder and that its config.json fits",
        error.getMessage());
  }

  @Test
  void severalMissingWeightsAreCounted() {
    UserException error =
        assertThrows(
            UserException.class,
            () -> WeightAccount.of("m", REQUIRED, OPTIONAL, weights("head", 1)));
    assertEquals(
        "m: weight encoder.x of shape [2] is missing (and 1 more); check that the file holds a"
            + " whole BERT encoder and that its config.json fits",
        error.getMessage());
  }

  @Test
  void aWrongShapeIsAnError() {
    UserException error =
        assertThrows(
            UserException.class,
            () ->
                WeightAccount.of("m", REQUIRED, OPTIONAL, weights("encoder.x", 2, "encoder.y", 4)));
    assertEquals(
        "m: weight encoder.y has the shape [4], the model needs [3]; check that config.json"
            + " belongs to these weights",
        error.getMessage());
  }

  @Test
  void aHeadOfAnotherShapeIsSaidToBeOne() {
    UserException error =
        assertThrows(
            UserException.class,
            () ->
                WeightAccount.of(
                    "m", REQUIRED, OPTIONAL, weights("encoder.x", 2, "encoder.y", 3, "head", 5)));
    assertEquals(
        "m: weight head has the shape [5], the model needs [1]; it belongs to a head for something"
            + " else",
        error.getMessage());
    assertEquals(Optional.of(new ExportEncoder("m")), error.remedy());
  }

  private static Map<String, List<Integer>> shapes(Object... namesAndSizes) {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    for (int i = 0; i < namesAndSizes.length; i += 2) {
      shapes.put((String) namesAndSizes[i], List.of((Integer) namesAndSizes[i + 1]));
    }
    return shapes;
  }

  private static Map<String, WeightTensor> weights(Object... namesAndSizes) {
    Map<String, WeightTensor> weights = new LinkedHashMap<>();
    shapes(namesAndSizes)
        .forEach(
            (name, shape) ->
                weights.put(
                    name, new WeightTensor(name, shape, FloatBuffer.allocate(shape.get(0)))));
    return weights;
  }
}
