// SPDX-License-Identifier: Apache-2.0
import { element } from "../dom.js";
import { percent } from "../text.js";
import { bars, ranked } from "./bars.js";

/** Choices, ranked: `predicted` is an index, `predicted_text` its text, `probabilities` a list. */
export function choices(prediction, input) {
  const { predicted, predicted_text: best, probabilities } = prediction;
  if (!Number.isInteger(predicted) || typeof best !== "string" || !Array.isArray(probabilities)) {
    return null;
  }
  const texts = textsOf(input, predicted, best, probabilities.length);
  const entries = ranked(
    probabilities.map((share, i) => ({ label: texts[i], share, chosen: i === predicted })),
  );
  return {
    summary: `Predicted: ${best}, ${percent(probabilities[predicted])}.`,
    view: element("div", { class: "choices" }, bars(entries, "Choices, the likeliest first")),
  };
}

/** The choices are a list in the row, or columns whose names end in numbers. */
function textsOf(input, predicted, best, count) {
  const fits = (texts) => texts.length === count && texts[predicted] === best;
  const list = Object.values(input).find((value) => Array.isArray(value) && fits(value));
  if (list) {
    return list;
  }
  const groups = new Map();
  for (const [name, value] of Object.entries(input)) {
    const stem = name.replace(/\d+$/, "");
    if (stem !== name) {
      groups.set(stem, [...(groups.get(stem) ?? []), value]);
    }
  }
  return (
    [...groups.values()].find(fits) ??
    Array.from({ length: count }, (_, i) => (i === predicted ? best : `Choice ${i + 1}`))
  );
}
