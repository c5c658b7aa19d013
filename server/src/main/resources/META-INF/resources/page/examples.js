// SPDX-License-Identifier: Apache-2.0

/** Rows to try beside a model's own, by the fields that they have. */
const ROWS = [
  { text: "We waited an hour, and the soup came cold. 😕" },
  { text: "The view from the terrace is the best in town." },
  { premise: "Two children play football in the rain.", hypothesis: "Nobody is outside." },
  { premise: "A woman reads a newspaper on a train.", hypothesis: "She is on her way to work." },
  {
    sentence1: "The company raised its prices in March.",
    sentence2: "In March the firm made its products more expensive.",
  },
  {
    question: "Who painted the ceiling?",
    context:
      "The chapel was finished in 1481. 🎨 Its ceiling was painted by Michelangelo between 1508 and 1512, and it is cleaned every night.",
  },
  {
    context: "Anna forgot her umbrella, and it began to rain.",
    question: "What happened next?",
    choices: ["She got wet.", "She watered the garden.", "She fell asleep on the moon."],
  },
  { first: "It had rained all night.", second: "In the morning the streets were wet." },
];

const NAMES = [
  { text: "Marie Curie was born in Warsaw and worked in Paris. 🎓" },
  { text: "The United Nations met in Geneva, where Ban Ki-moon spoke." },
];

const MASKED = [
  { text: "She drinks a cup of [MASK] every morning." },
  { text: "The capital of [MASK] is a very [MASK] city." },
];

/** At most this many beside the model's own. */
const MOST = 3;

/**
 * Rows that fit a model, its own first.
 *
 * @param {object} model its description
 */
export function examples(model) {
  const own = model.example?.row;
  if (!own) {
    return [];
  }
  const others = rowsFor(model).filter((row) => fits(row, own));
  return [own, ...others.slice(0, MOST)];
}

function rowsFor({ example }) {
  if (Object.values(example.row).some((value) => String(value).includes("[MASK]"))) {
    return MASKED;
  }
  return example.prediction?.entities ? [...NAMES, ...ROWS] : ROWS;
}

function fits(row, own) {
  const names = Object.keys(own);
  return names.length === Object.keys(row).length && names.every((name) => name in row);
}
