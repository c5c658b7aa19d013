// SPDX-License-Identifier: Apache-2.0
import { element } from "../dom.js";
import { percent } from "../text.js";

/** So many are seen at once; the others are folded. */
const SEEN = 8;

/**
 * Shares, each with a bar.
 *
 * @param {{label: string, share: number, chosen?: boolean, isMarkup?: boolean}[]} entries in the
 *     order they are shown in
 * @param {string} name what the list is, for those who cannot see it
 */
export function bars(entries, name) {
  const seen = list(entries.slice(0, SEEN), name);
  if (entries.length <= SEEN) {
    return seen;
  }
  const rest = entries.slice(SEEN);
  return element(
    "div",
    {},
    seen,
    element(
      "details",
      { class: "more" },
      element("summary", {}, `${rest.length} more`),
      list(rest, `${name}, continued`),
    ),
  );
}

function list(entries, name) {
  return element("ol", { class: "bars", "aria-label": name }, ...entries.map(bar));
}

function bar({ label, share, chosen = false }) {
  const fill = element("span", { class: "fill" });
  // Through the object model: the page's security policy allows no style attribute.
  fill.style.setProperty("inline-size", `${Math.min(1, Math.max(0, share)) * 100}%`);
  return element(
    "li",
    { class: chosen ? "chosen" : null },
    element(
      "span",
      { class: "label" },
      label,
      chosen ? element("span", { class: "hidden" }, " (predicted)") : null,
    ),
    element("span", { class: "share" }, percent(share)),
    element("span", { class: "track", "aria-hidden": "true" }, fill),
  );
}

/** Falling by their share; those of equal share as they were. */
export function ranked(entries) {
  return [...entries].sort((one, other) => other.share - one.share);
}
