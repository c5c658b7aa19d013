// SPDX-License-Identifier: Apache-2.0
import { element } from "../dom.js";
import { number, percent } from "../text.js";
import { columnOf, markedText } from "./marked.js";

/**
 * The answer to a question, marked in its passage: `predicted` with `start`, `end` and
 * `probability`; an empty one says that the passage has none.
 */
export function answer(prediction, input) {
  if (typeof prediction.predicted !== "string" || !isSpan(prediction)) {
    return null;
  }
  const { predicted, start, end, probability, null_odds: odds } = prediction;
  const passage =
    predicted === "" ? passageOf(input) : columnOf(input, [{ start, end, text: predicted }]);
  if (predicted === "") {
    return {
      summary: "The passage has no answer.",
      view: element(
        "div",
        {},
        element("p", { class: "headline" }, "No answer in the passage"),
        odds === undefined ? null : element("p", { class: "hint" }, `null odds ${number(odds)}`),
        passage === undefined ? null : markedText(passage, []),
      ),
    };
  }
  return {
    summary: `The answer is: ${predicted}, ${percent(probability)}.`,
    view: element(
      "div",
      {},
      element(
        "p",
        { class: "headline", dir: "auto" },
        predicted,
        " ",
        element("span", { class: "share" }, percent(probability)),
      ),
      passage === undefined ? null : markedText(passage, [{ start, end }]),
    ),
  };
}

function isSpan(prediction) {
  return "null_odds" in prediction || ("start" in prediction && "end" in prediction);
}

/** The longest text is the one that was read. */
function passageOf(input) {
  return Object.values(input)
    .filter((value) => typeof value === "string")
    .sort((one, other) => other.length - one.length)[0];
}
