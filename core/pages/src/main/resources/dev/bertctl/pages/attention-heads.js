// SPDX-License-Identifier: Apache-2.0
// The head view: lines between tokens, and what one token gives to others.

/** Pixels of a token's row in the head view; attention.css has the same. */
const ROW = 22;
/** More lines are a blur, and slow. */
const MOST_LINKS = 4000;
/** The same for those of one token. */
const MOST_OF_TOKEN = 300;
/** Bytes below it, of weights below 0.002, are not drawn. */
const LEAST = 12;
/** Links of a token that are told. */
const MOST_TOLD = 8;

const panes = facts.models.map((model, index) => {
  const canvas = element("canvas", {"aria-hidden": "true"});
  const sides = ["from", "to"].map((name) => element("ol", {class: name}));
  const links = element("div", {class: "links"}, sides[0], canvas, sides[1]);
  const told = element("div", {class: "told", "aria-live": "polite"});
  byId("panes").append(element("figure", {"data-model": String(index)},
    element("figcaption", {}, model.name), links, told));
  return {index, canvas, sides, links, told, rows: [[], []], places: [new Map(), new Map()], list: []};
});

const tokenButton = (pane, side, token) => {
  const {text, special} = input().tokens[token];
  const label = `${text}, token ${token + 1} of ${input().tokens.length}, ${side ? "attended to" : "attends"}`;
  const button = element("button",
    {type: "button", "data-token": String(token), "aria-label": label, tabindex: "-1", class: special ? "special" : ""}, text);
  button.addEventListener("mouseenter", () => tell({side, token}));
  button.addEventListener("focus", () => tell({side, token}));
  button.addEventListener("keydown", (event) => move(event, pane, side, pane.places[side].get(token)));
  return button;
};

/** Arrow keys go through the tokens of a side, and over to the other one. */
const move = (event, pane, side, row) => {
  const last = pane.rows[side].length - 1;
  const other = Math.min(row, pane.rows[1 - side].length - 1);
  const to = {ArrowDown: [side, Math.min(row + 1, last)], ArrowUp: [side, Math.max(row - 1, 0)],
    Home: [side, 0], End: [side, last], PageDown: [side, Math.min(row + 10, last)],
    PageUp: [side, Math.max(row - 10, 0)], ArrowRight: [1, side ? row : other],
    ArrowLeft: [0, side ? other : row]}[event.key];
  if (event.key === "Escape") {
    tell(null);
  } else if (to && to[1] >= 0) {
    event.preventDefault();
    const button = pane.sides[to[0]].children[to[1]].firstChild;
    rove(pane, to[0], to[1]);
    button.focus({preventScroll: true});
    button.scrollIntoView({block: "nearest"});
  }
};

/** One token of a side is reached by the tab key. */
const rove = (pane, side, row) => {
  pane.sides[side].querySelectorAll("[tabindex='0']").forEach((one) => (one.tabIndex = -1));
  const button = pane.sides[side].children[row]?.firstChild;
  if (button) {
    button.tabIndex = 0;
  }
};

const fillTokens = (pane) => {
  [0, 1].forEach((side) => {
    pane.rows[side] = tokensOf(side);
    pane.places[side] = new Map(pane.rows[side].map((token, row) => [token, row]));
    pane.sides[side].replaceChildren(
      ...pane.rows[side].map((token) => element("li", {}, tokenButton(pane, side, token))));
    rove(pane, side, 0);
  });
};

/** The links of the chosen heads from the threshold on: the strongest, if they are many. */
const collect = (pane, bytes) => {
  const size = input().tokens.length;
  const from = Math.max(1, byteOf(state.threshold));
  const counts = new Uint32Array(256);
  const each = (use) => state.heads.forEach((head) => pane.rows[0].forEach((i) => {
    const row = (head * size + i) * size;
    pane.rows[1].forEach((j) => bytes[row + j] >= from && use(bytes[row + j], head, i, j));
  }));
  each((byte) => counts[byte]++);
  let least = 255;
  let total = counts.reduce((sum, count) => sum + count, 0);
  for (let sum = counts[255]; least > from && sum + counts[least - 1] <= MOST_LINKS;) {
    sum += counts[--least];
  }
  const list = [];
  each((byte, head, i, j) => byte >= least && list.length < 2 * MOST_LINKS && list.push([byte, head, i, j]));
  pane.list = list.sort((a, b) => a[0] - b[0]);
  return {total, drawn: list.length, least: weightOf(least)};
};

/** What a token gives, or is given, by the chosen heads: all of it, the weakest first. */
const linksOfTold = (pane, bytes) => {
  const {side, token} = state.told;
  const size = input().tokens.length;
  const list = [];
  if (pane.places[side].has(token)) {
    state.heads.forEach((head) => pane.rows[1 - side].forEach((other) => {
      const [i, j] = side ? [other, token] : [token, other];
      list.push([bytes[(head * size + i) * size + j], head, i, j]);
    }));
  }
  return list.sort((a, b) => a[0] - b[0]);
};

const paint = (pane, list) => {
  const ratio = devicePixelRatio || 1;
  const [width, height] = [pane.canvas.clientWidth, pane.links.clientHeight - 16];
  pane.canvas.style.height = `${height}px`;
  pane.canvas.width = width * ratio;
  pane.canvas.height = height * ratio;
  const context = pane.canvas.getContext("2d");
  context.scale(ratio, ratio);
  const offset = pane.canvas.getBoundingClientRect().top - pane.sides[0].getBoundingClientRect().top;
  const place = (side, token) => (pane.places[side].get(token) + 0.5) * ROW - offset;
  list.forEach(([byte, head, i, j]) => {
    const [y, z] = [place(0, i), place(1, j)];
    if (byte < LEAST || (y < 0 && z < 0) || (y > height && z > height)) {
      return;
    }
    context.globalAlpha = state.told ? byte / 255 : 0.05 + 0.95 * weightOf(byte);
    context.strokeStyle = headColour(head);
    context.lineWidth = 1 + 2 * weightOf(byte);
    context.beginPath();
    context.moveTo(0, y);
    context.bezierCurveTo(width / 2, y, width / 2, z, width, z);
    context.stroke();
  });
};

const sayTold = (pane, list) => {
  const {side, token} = state.told;
  const sums = new Map();
  list.forEach(([byte, , i, j]) => {
    const other = side ? i : j;
    sums.set(other, (sums.get(other) ?? 0) + weightOf(byte) / state.heads.size);
  });
  pane.sides[1 - side].querySelectorAll("button").forEach((button) =>
    button.style.setProperty("--weight", (sums.get(Number(button.dataset.token)) ?? 0).toFixed(3)));
  const strongest = list.slice(-MOST_TOLD).reverse().filter(([byte]) => byte > 0);
  const name = input().tokens[token].text;
  pane.told.replaceChildren(
    element("p", {}, element("strong", {}, name),
      strongest.length === 0 ? " has no links here" : side ? " is attended to most by" : " attends most to"),
    element("ol", {}, ...strongest.map(([byte, head, i, j]) => element("li", {},
      element("span", {class: "swatch", style: `--head: ${headColour(head)}`}),
      `${input().tokens[side ? i : j].text} ${shown(weightOf(byte))}`, element("small", {}, `head ${head + 1}`)))));
};

const forget = (pane) => {
  pane.told.replaceChildren(element("p", {class: "note"}, "No token is chosen: all links are drawn."));
  pane.sides.forEach((side) => side.querySelectorAll("button").forEach((button) =>
    button.style.removeProperty("--weight")));
};

/** A pane's weights; none if others are to be shown by the time that they are unpacked. */
const current = async (pane) => {
  const {input: index, layer} = state;
  const bytes = await weights(pane.index, layer);
  return index === state.input && layer === state.layer ? bytes : null;
};

/** Draws the links of all tokens, or of the one that is told of. */
const drawPane = async (pane) => {
  const bytes = await current(pane);
  if (!bytes) {
    return;
  }
  pane.sides.forEach((side, index) => side.querySelectorAll("button").forEach((button) =>
    button.classList.toggle("told-of",
      state.told?.side === index && state.told.token === Number(button.dataset.token))));
  const list = state.told ? linksOfTold(pane, bytes) : pane.list;
  paint(pane, state.told ? list.slice(-MOST_OF_TOKEN) : list);
  if (state.told) {
    sayTold(pane, list);
  } else {
    forget(pane);
  }
};

const tell = (told) => {
  state.told = told;
  panes.forEach(drawPane);
};

const headsShown = () => {
  const numbers = [...state.heads].sort((a, b) => a - b).map((head) => head + 1);
  return numbers.length === headCount ? "all heads" : numbers.length === 0 ? "no head"
    : `${numbers.length === 1 ? "head" : "heads"} ${numbers.join(", ")}`;
};

/** After whatever has changed but the token that is told of. */
const drawHeads = async () => {
  state.told = null;
  const bytes = await Promise.all(panes.map(current));
  if (bytes.includes(null)) {
    return;
  }
  const drawn = panes.map((pane, index) => collect(pane, bytes[index]));
  await Promise.all(panes.map(drawPane));
  byId("drawn-links").textContent = `Layer ${state.layer + 1}, ${headsShown()}: ` + drawn.map(({total, drawn: count, least}, index) =>
    (drawn.length > 1 ? `${facts.models[index].name}: ` : "")
      + (count < total
        ? `the strongest ${count.toLocaleString("en")} of ${total.toLocaleString("en")} links are drawn, from a weight of ${shown(least)} on`
        : `${count.toLocaleString("en")} links are drawn, of a weight from ${shown(state.threshold)} on`)).join("; ");
  document.documentElement.dataset.drawn = `${state.input}/${state.layer}`;
};

panes.forEach((pane) => {
  let waiting = false;
  pane.links.addEventListener("scroll", () => {
    panes.forEach((other) => (other.links.scrollTop = pane.links.scrollTop));
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        panes.forEach(drawPane);
      });
    }
  });
  pane.links.addEventListener("mouseleave", () => {
    const focused = document.activeElement?.closest?.(".links button");
    tell(focused
      ? {side: focused.closest("ol").className === "to" ? 1 : 0, token: Number(focused.dataset.token)} : null);
  });
  pane.links.addEventListener("focusout", (event) => {
    if (!event.relatedTarget?.closest?.(".links")) {
      tell(null);
    }
  });
});
