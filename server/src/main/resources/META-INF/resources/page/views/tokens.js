// SPDX-License-Identifier: Apache-2.0
import { element } from "../dom.js";
import { number, percent } from "../text.js";

/** How likely each token is after those before it: `tokens`, `log_probabilities`, `perplexity`. */
export function tokens(prediction) {
  const { tokens: pieces, log_probabilities: logs, perplexity } = prediction;
  if (!Array.isArray(pieces) || !Array.isArray(logs) || typeof perplexity !== "number") {
    return null;
  }
  return {
    summary: `Perplexity ${number(perplexity)}.`,
    view: element(
      "div",
      {},
      element("p", { class: "headline" }, number(perplexity)),
      element("p", { class: "hint" }, "Perplexity of the text; below, how likely each token is."),
      element(
        "ol",
        { class: "token-list", "aria-label": "Tokens" },
        ...pieces.map((piece, i) =>
          element(
            "li",
            {},
            element("span", { class: "piece" }, piece),
            element("span", { class: "share" }, percent(Math.exp(logs[i]))),
          ),
        ),
      ),
    ),
  };
}
