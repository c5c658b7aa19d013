// SPDX-License-Identifier: Apache-2.0
import { element } from "../dom.js";

/** What is predicted in a form that has no picture: field by field. */
export function fields(prediction) {
  const entries = Object.entries(prediction);
  return {
    summary: `Predicted: ${entries.map(([name]) => name).join(", ")}.`,
    view: element(
      "dl",
      { class: "numbers" },
      ...entries.map(([name, value]) =>
        element("div", {}, element("dt", {}, name), element("dd", {}, told(value))),
      ),
    ),
  };
}

function told(value) {
  return typeof value === "string" ? value : JSON.stringify(value);
}
