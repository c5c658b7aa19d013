// SPDX-License-Identifier: Apache-2.0
import { element } from "../dom.js";
import { number } from "../text.js";
import { isMap } from "./classes.js";

/** A number that is predicted, or several by their names. */
export function numbers(prediction) {
  const { predicted } = prediction;
  if (typeof predicted === "number") {
    return {
      summary: `Predicted: ${number(predicted)}.`,
      view: element("p", { class: "headline big" }, number(predicted)),
    };
  }
  if (!isMap(predicted)) {
    return null;
  }
  const entries = Object.entries(predicted);
  return {
    summary: `Predicted: ${entries.map(([name, value]) => `${name} ${number(value)}`).join("; ")}.`,
    view: element(
      "dl",
      { class: "numbers" },
      ...entries.map(([name, value]) =>
        element("div", {}, element("dt", {}, name), element("dd", {}, number(value))),
      ),
    ),
  };
}
