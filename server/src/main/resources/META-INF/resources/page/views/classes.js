// SPDX-License-Identifier: Apache-2.0
import { element } from "../dom.js";
import { percent } from "../text.js";
import { bars, ranked } from "./bars.js";

/** A class, or several that do not exclude each other, with the `probabilities` of all by name. */
export function classes(prediction) {
  const { predicted, probabilities } = prediction;
  const isOne = typeof predicted === "string";
  if ((!isOne && !Array.isArray(predicted)) || !isMap(probabilities)) {
    return null;
  }
  const chosen = isOne ? [predicted] : predicted;
  const entries = ranked(
    Object.entries(probabilities).map(([label, share]) => ({
      label,
      share,
      chosen: chosen.includes(label),
    })),
  );
  const told = chosen.map((label) => `${label}, ${percent(probabilities[label])}`).join("; ");
  return {
    summary: told ? `Predicted: ${told}.` : "No label is predicted.",
    view: element(
      "div",
      {},
      isOne
        ? element("p", { class: "headline", dir: "auto" }, predicted)
        : element(
            "ul",
            { class: "pills", "aria-label": "Predicted labels" },
            ...chosen.map((label) => element("li", { class: "pill hue-0" }, label)),
            chosen.length === 0 ? element("li", { class: "empty" }, "No label is likely enough.") : null,
          ),
      bars(entries, "Probabilities, the likeliest first"),
    ),
  };
}

/** Whether it is an object with numbers. */
export function isMap(value) {
  return (
    value !== null &&
    typeof value === "object" &&
    !Array.isArray(value) &&
    Object.values(value).every((each) => typeof each === "number")
  );
}
