// SPDX-License-Identifier: Apache-2.0
import { element } from "../dom.js";
import { percent } from "../text.js";
import { bars } from "./bars.js";

const MASK = "[MASK]";

/** What may stand in each masked place: `masks`, lists of `token` and `probability`. */
export function masks(prediction, input) {
  if (!Array.isArray(prediction.masks) || !prediction.masks.every(Array.isArray)) {
    return null;
  }
  const places = prediction.masks;
  const lists = places.map((tokens, i) => {
    const entries = tokens.map((one, rank) => ({
      label: one.token,
      share: one.probability,
      chosen: rank === 0,
    }));
    const name = places.length === 1 ? "Candidates" : `Candidates for mask ${i + 1}`;
    return element("div", {}, element("h3", {}, name), bars(entries, name));
  });
  const filled = [prediction.filled, prediction.filled_pair].filter((text) => typeof text === "string");
  const told = places.map((tokens) => `${tokens[0].token}, ${percent(tokens[0].probability)}`);
  return {
    summary: told.length > 0 ? `Likeliest: ${told.join("; ")}.` : "The text has no mask.",
    view: element("div", {}, ...filled.map((text) => highlighted(text, input)), ...lists),
  };
}

/** The filled text, with what was filled in marked where the masked text tells its places. */
function highlighted(filled, input) {
  const parts = Object.values(input)
    .filter((value) => typeof value === "string" && value.includes(MASK))
    .map((masked) => fillings(filled, masked.split(MASK)))
    .find(Boolean);
  return element("p", { class: "marked", dir: "auto" }, ...(parts ?? [filled]));
}

function fillings(filled, around) {
  if (!filled.startsWith(around[0])) {
    return null;
  }
  const parts = [around[0]];
  let at = around[0].length;
  for (const [i, after] of around.slice(1).entries()) {
    const isLast = i === around.length - 2;
    const next = isLast ? filled.length - after.length : filled.indexOf(after, at + 1);
    if (next < at || !filled.startsWith(after, next)) {
      return null;
    }
    parts.push(element("mark", { class: "hue-0" }, filled.slice(at, next)), after);
    at = next + after.length;
  }
  return parts;
}
