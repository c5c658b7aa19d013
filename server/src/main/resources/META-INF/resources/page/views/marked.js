// SPDX-License-Identifier: Apache-2.0
import { element } from "../dom.js";
import { CodePoints } from "../text.js";

/** So many colours there are for kinds of marks. */
const HUES = 8;

/**
 * A text in which places are marked.
 *
 * @param {string} text
 * @param {{start: number, end: number, label?: string, hue?: number, title?: string}[]} marks
 *     places in Unicode characters, the end exclusive; none overlaps another
 */
export function markedText(text, marks) {
  const points = new CodePoints(text);
  const parts = [];
  let at = 0;
  for (const mark of [...marks].sort((one, other) => one.start - other.start)) {
    parts.push(points.slice(at, mark.start), marked(points.slice(mark.start, mark.end), mark));
    at = mark.end;
  }
  parts.push(points.slice(at));
  return element("p", { class: "marked", dir: "auto" }, ...parts);
}

function marked(text, { label, hue = 0, title }) {
  return element(
    "mark",
    { class: `hue-${hue % HUES}`, title },
    text,
    label ? element("span", { class: "tag" }, element("span", { class: "hidden" }, " "), label) : null,
  );
}

/**
 * Whether the places say what they are said to hold.
 *
 * @param {string} text
 * @param {{start: number, end: number, text: string}[]} places
 */
export function holds(text, places) {
  const points = new CodePoints(text);
  return places.every((place) => points.slice(place.start, place.end) === place.text);
}

/** The column of a row in which the places hold their texts; undefined if it is none. */
export function columnOf(row, places) {
  return Object.values(row).find((value) => typeof value === "string" && holds(value, places));
}
