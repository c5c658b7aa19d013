// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.decode.Softmax;
import dev.bertctl.spi.head.HeadOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TemperatureTest {

  private static final float LN9 = (float) Math.log(9);

  /** Against scipy and the definition in numpy, see calibration.py. */
  @Test
  void temperatureLossAndErrorAreThoseOfPython() throws IOException {
    JsonNode golden =
        new ObjectMapper().readTree(TemperatureTest.class.getResourceAsStream("calibration.json"));
    List<LabelledLogits> answers = answers(golden);

    Temperature.Fit fit = Temperature.fit(answers).orElseThrow();

    // scipy compares losses, which are flat at their least: it is the less accurate of the two.
    assertEquals(golden.get("temperature").asDouble(), fit.temperature().value(), 1e-6);
    assertEquals(golden.get("loss_before").asDouble(), fit.lossBefore(), 1e-9);
    assertEquals(golden.get("loss_after").asDouble(), fit.lossAfter(), 1e-9);
    assertTrue(fit.lossAfter() < fit.lossBefore());
    assertEquals(golden.get("error_before").asDouble(), fit.errorBefore(), 1e-9);
    // Divided logits are floats.
    assertEquals(golden.get("error_after").asDouble(), fit.errorAfter(), 1e-6);
  }

  @Test
  void onlyLogitsAreDividedAndTheHighestStays() {
    Matrix logits = new Matrix(new float[] {0, LN9}, 1, 2);
    Map<String, Matrix> outputs =
        new Temperature(2).applyTo(Map.of(HeadOutput.LOGITS, logits, "other", logits));
    List<Double> probabilities = Softmax.of(outputs.get(HeadOutput.LOGITS).row(0));
    assertEquals(0.25, probabilities.get(0), 1e-7);
    assertEquals(0.75, probabilities.get(1), 1e-7);
    assertEquals(logits, outputs.get("other"));
  }

  @Test
  void whereThereIsNoLeastNoneIsFitted() {
    LabelledLogits right = new LabelledLogits(new float[] {0, LN9}, 1);
    LabelledLogits wrong = new LabelledLogits(new float[] {0, LN9}, 0);
    assertEquals(Optional.empty(), Temperature.fit(List.of(right, right)));
    assertEquals(Optional.empty(), Temperature.fit(List.of(right, wrong)));
    assertEquals(Optional.empty(), Temperature.fit(List.of()));
    // Three of four right at 0.9: ln 9 / T is ln 3.
    assertEquals(
        2,
        Temperature.fit(List.of(right, right, right, wrong)).orElseThrow().temperature().value(),
        1e-6);
    assertThrows(IllegalArgumentException.class, () -> new Temperature(0));
  }

  @Test
  void theErrorIsHowFarConfidenceIsFromAccuracy() {
    float ln3 = (float) Math.log(3);
    CalibrationError error = new CalibrationError();
    error.add(new LabelledLogits(new float[] {0, ln3}, 1));
    error.add(new LabelledLogits(new float[] {0, ln3}, 0));
    assertEquals(0.25, error.value(), 1e-7);
  }

  private static List<LabelledLogits> answers(JsonNode golden) {
    List<LabelledLogits> answers = new ArrayList<>();
    for (int i = 0; i < golden.get("targets").size(); i++) {
      float[] logits = new float[3];
      for (int label = 0; label < 3; label++) {
        logits[label] = (float) golden.get("logits").get(i).get(label).asDouble();
      }
      answers.add(new LabelledLogits(logits, golden.get("targets").get(i).asInt()));
    }
    return answers;
  }
}
