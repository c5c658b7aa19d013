// SPDX-License-Identifier: Apache-2.0
import { element } from "../dom.js";
import { percent } from "../text.js";
import { columnOf, markedText } from "./marked.js";

/** Entities, marked in their text: `entities` with `text`, `type`, `start`, `end`, `score`. */
export function entities(prediction, input) {
  if (!Array.isArray(prediction.entities)) {
    return null;
  }
  const found = prediction.entities;
  const text = columnOf(input, found) ?? (prediction.words ?? []).join(" ");
  const types = [...new Set(found.map((entity) => entity.type))];
  const marks = found.map((entity) => ({
    start: entity.start,
    end: entity.end,
    label: entity.type,
    hue: types.indexOf(entity.type),
    title: `${entity.type}, ${percent(entity.score)}`,
  }));
  return {
    summary:
      found.length === 0
        ? "No entities found."
        : `${found.length === 1 ? "One entity" : `${found.length} entities`}: ${found
            .map((entity) => `${entity.text}, ${entity.type}`)
            .join("; ")}.`,
    view: element(
      "div",
      {},
      markedText(text, marks),
      found.length === 0 ? element("p", { class: "empty" }, "No entities found.") : null,
      found.length > 0 ? legend(types, found) : null,
      found.length > 0 ? table(found, types) : null,
    ),
  };
}

function legend(types, found) {
  return element(
    "ul",
    { class: "legend", "aria-label": "Types" },
    ...types.map((type, hue) =>
      element(
        "li",
        {},
        element("span", { class: `swatch hue-${hue % 8}`, "aria-hidden": "true" }),
        `${type} `,
        element("span", { class: "count" }, `× ${found.filter((one) => one.type === type).length}`),
      ),
    ),
  );
}

function table(found, types) {
  const head = ["Entity", "Type", "Score"].map((name) => element("th", { scope: "col" }, name));
  return element(
    "div",
    { class: "table" },
    element(
      "table",
      {},
      element("caption", { class: "hidden" }, "Entities in the order of the text"),
      element("thead", {}, element("tr", {}, ...head)),
      element(
        "tbody",
        {},
        ...found.map((entity) =>
          element(
            "tr",
            {},
            element("td", { dir: "auto" }, entity.text),
            element("td", {}, element("span", { class: `pill hue-${types.indexOf(entity.type) % 8}` }, entity.type)),
            element("td", { class: "figure" }, percent(entity.score)),
          ),
        ),
      ),
    ),
  );
}
