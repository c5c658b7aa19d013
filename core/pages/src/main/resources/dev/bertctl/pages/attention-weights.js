// SPDX-License-Identifier: Apache-2.0
// What is shown of attention, and its weights: bytes, each the square root of the weight, times 255.
// Layers and heads are counted from 0 in scripts, and from 1 where they are shown.

const byId = (id) => document.getElementById(id);
const weightOf = (byte) => (byte / 255) ** 2;
const byteOf = (weight) => Math.round(Math.sqrt(weight) * 255);
/** As many digits as are kept. */
const shown = (weight) =>
  weight === 0 || weight >= 0.1 ? weight.toFixed(2) : weight.toFixed(weight < 0.01 ? 4 : 3);
const layers = facts.models[0].layers;
const headCount = facts.models[0].heads;
const first = facts.inputs[0].top[0];
// Of two models the head that differs most is shown first, of one a whole layer.
const state = {input: 0, layer: first ? first.layer - 1 : 0, filter: "",
  heads: new Set(first ? [first.head - 1] : Array(headCount).keys()), special: false, threshold: 0.1, told: null};
const input = () => facts.inputs[state.input];

let unpackedLayers = new Map();

const unpacked = async (text) => {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};

/** A layer's bytes of a model, [A,T,T]; unpacked when they are first asked for. */
const weights = (model, layer) => {
  const key = `${model}/${layer}`;
  if (!unpackedLayers.has(key)) {
    unpackedLayers.set(key, unpacked(input().models[model].weights[layer]));
  }
  return unpackedLayers.get(key);
};

/** The tokens on one side that are shown: 0 those that attend, 1 those attended to. */
const tokensOf = (side) =>
  input().tokens.flatMap((token, index) =>
    (state.special && token.special)
      || (state.filter && String(token.segment) !== state.filter[side]) ? [] : [index]);

const isDark = () => document.documentElement.dataset.theme === "dark";
/** Neighbours differ in hue and, as hues alone are hard to tell apart, in lightness. */
const headColour = (head) =>
  `hsl(${Math.round((360 * head) / headCount)} 75% ${(isDark() ? 62 : 38) + (head % 2) * 12}%)`;

/** From the ground to the accent for each byte, [256,3]. */
const ramp = () => {
  const [ground, full] = [isDark() ? [26, 28, 31] : [255, 255, 255], styled("--for").split(",").map(Number)];
  return Array.from({length: 256}, (_, byte) =>
    ground.map((channel, i) => Math.round(channel + ((full[i] - channel) * byte) / 255)));
};
