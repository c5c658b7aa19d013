// SPDX-License-Identifier: Apache-2.0

/**
 * A text whose places are told as the server tells them: in Unicode characters (code points), of
 * which JavaScript has some as two.
 */
export class CodePoints {
  #points;

  /** @param {string} text */
  constructor(text) {
    this.#points = Array.from(text);
  }

  /** From a place to another, the end exclusive. */
  slice(start, end) {
    return this.#points.slice(start, end).join("");
  }
}

/** A share as people read it: 97.3 %. */
export function percent(share) {
  if (share > 0 && share < 0.001) {
    return "< 0.1 %";
  }
  if (share < 1 && share > 0.999) {
    return "> 99.9 %";
  }
  return `${(share * 100).toFixed(1)} %`;
}

/** A number with the digits that tell something. */
export function number(value) {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}
