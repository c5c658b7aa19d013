// SPDX-License-Identifier: Apache-2.0
import { answer } from "./views/answer.js";
import { choices } from "./views/choices.js";
import { classes } from "./views/classes.js";
import { entities } from "./views/entities.js";
import { fields } from "./views/fields.js";
import { masks } from "./views/masks.js";
import { numbers } from "./views/numbers.js";
import { tokens } from "./views/tokens.js";
import { vectors } from "./views/vectors.js";

/**
 * Each takes a prediction and the row that was sent, and gives a view of it and a sentence that
 * says the same, or null if the prediction is not of its form. The form decides, and not the task's
 * name: so tasks of plugins are shown, too.
 */
const VIEWS = [entities, masks, choices, answer, classes, vectors, tokens, numbers];

/**
 * Shows a prediction.
 *
 * @param {object} answered the row's columns and what is predicted
 * @param {object} input the row that was sent
 * @returns {{view: Element, summary: string}}
 */
export function shown(answered, input) {
  const known = VIEWS.reduce((found, view) => found ?? view(answered, input), null);
  return known ?? fields(predicted(answered, input));
}

/** What is not of the input. */
function predicted(answered, input) {
  const own = Object.entries(answered).filter(([name]) => !(name in input));
  return Object.fromEntries(own.length > 0 ? own : Object.entries(answered));
}
