// SPDX-License-Identifier: Apache-2.0
import { element } from "../dom.js";
import { number } from "../text.js";

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 48;

/** So many numbers are told; the JSON has them all. */
const TOLD = 6;

/** The vector of a text, or a vector for each of its tokens: how long, and what it looks like. */
export function vectors(prediction) {
  const { embedding, embeddings, tokens } = prediction;
  const isOne = isVector(embedding);
  if (!isOne && !(Array.isArray(embeddings) && embeddings.every(isVector))) {
    return null;
  }
  const all = isOne ? [embedding] : embeddings;
  const size = all[0]?.length ?? 0;
  const told = isOne ? `A vector of ${size} numbers` : `${all.length} vectors of ${size} numbers`;
  return {
    summary: `${told}.`,
    view: element(
      "div",
      {},
      element("p", { class: "headline" }, told),
      isOne ? facts(embedding) : null,
      isOne ? picture(embedding) : element("p", { class: "tokens" }, (tokens ?? []).join(" ")),
    ),
  };
}

/** Whether it is a vector. */
function isVector(value) {
  return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === "number");
}

function facts(vector) {
  const begin = vector.slice(0, TOLD).map(number).join(", ");
  return element(
    "dl",
    { class: "numbers" },
    element("div", {}, element("dt", {}, "length (L2)"), element("dd", {}, number(norm(vector)))),
    element("div", {}, element("dt", {}, "begins"), element("dd", { class: "code" }, `${begin}, …`)),
  );
}

function picture(vector) {
  const most = Math.max(...vector.map(Math.abs)) || 1;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "vector");
  svg.setAttribute("viewBox", `0 0 ${vector.length} ${HEIGHT}`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  const middle = HEIGHT / 2;
  path.setAttribute(
    "d",
    vector.map((value, i) => `M${i + 0.5} ${middle}v${(-value / most) * middle}`).join(""),
  );
  svg.append(path);
  return svg;
}

function norm(vector) {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}

/**
 * How alike two texts are: the cosine of their vectors.
 *
 * @returns a view; null if the predictions are no vectors of one size
 */
export function similarity(one, other) {
  const [a, b] = [one.embedding, other.embedding];
  if (!isVector(a) || !isVector(b) || a.length !== b.length) {
    return null;
  }
  const dot = a.reduce((sum, value, i) => sum + value * b[i], 0);
  const cosine = dot / (norm(a) * norm(b));
  return {
    summary: `Cosine similarity ${number(cosine)}.`,
    view: element(
      "div",
      {},
      element("p", { class: "headline big" }, cosine.toFixed(3)),
      element("p", { class: "hint" }, "Cosine similarity: 1 for texts that are alike to the model."),
    ),
  };
}
