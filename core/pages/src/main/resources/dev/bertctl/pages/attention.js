// SPDX-License-Identifier: Apache-2.0
// What is chosen to be shown.

const headButtons = Array.from({length: headCount}, (_, head) => {
  const button = element("button", {type: "button", "aria-label": `Head ${head + 1}`},
    element("span", {class: "swatch"}), String(head + 1));
  button.addEventListener("click", () => {
    state.heads[state.heads.has(head) ? "delete" : "add"](head);
    showHeads();
  });
  byId("heads").append(button);
  return button;
});

const showHeads = () => {
  headButtons.forEach((button, head) => {
    button.setAttribute("aria-pressed", String(state.heads.has(head)));
    button.firstChild.style.setProperty("--head", headColour(head));
  });
  drawHeads();
};

/** One head alone, in the head view. */
const showHead = (layer, head) => {
  Object.assign(state, {layer, heads: new Set([head])});
  byId("layer").value = String(layer);
  showHeads();
  byId("head-view").scrollIntoView({block: "start"});
  byId("layer").focus({preventScroll: true});
};

const showTokens = () => {
  panes.forEach(fillTokens);
  drawHeads();
  drawGrids();
};

const showInput = () => {
  unpackedLayers = new Map();
  state.filter = "";
  byId("filter").value = "";
  byId("filter-field").hidden = !input().pair;
  document.querySelectorAll("[data-input]").forEach((section) =>
    section.classList.toggle("other", section.dataset.input !== String(state.input)));
  showTokens();
};

const choose = (id, count, name, use) => {
  byId(id).append(...Array.from({length: count}, (_, index) =>
    element("option", {value: String(index)}, name(index))));
  byId(id).addEventListener("change", () => use(Number(byId(id).value)));
};

document.querySelectorAll("[data-head]").forEach((cell) => {
  const [layer, head] = cell.dataset.head.split("-").map((number) => Number(number) - 1);
  const button = element("button", {type: "button"}, ...cell.childNodes);
  button.setAttribute("aria-label", `Layer ${layer + 1}, head ${head + 1}: show in the head view`);
  button.addEventListener("click", () => showHead(layer, head));
  cell.replaceChildren(button);
});

document.querySelectorAll(".differing td").forEach((cell) =>
  cell.append(element("span", {class: "bar-of", style: `--share: ${Number(cell.textContent)}`})));

choose("input", facts.inputs.length, (index) => facts.inputs[index].name, (index) => {
  state.input = index;
  showInput();
});
choose("layer", layers, (index) => String(index + 1), (index) => {
  state.layer = index;
  drawHeads();
});
byId("layer").value = String(state.layer);
byId("input-field").hidden = facts.inputs.length === 1;
byId("controls").addEventListener("submit", (event) => event.preventDefault());
byId("filter").addEventListener("change", () => {
  state.filter = byId("filter").value;
  showTokens();
});
byId("special").addEventListener("change", () => {
  state.special = byId("special").checked;
  showTokens();
});
byId("threshold").addEventListener("input", () => {
  state.threshold = Number(byId("threshold").value);
  byId("threshold-value").textContent = state.threshold.toFixed(2);
  drawHeads();
});
byId("all-heads").addEventListener("click", () => {
  state.heads = new Set(Array(headCount).keys());
  showHeads();
});
byId("no-heads").addEventListener("click", () => {
  state.heads.clear();
  showHeads();
});
if (typeof DecompressionStream === "undefined") {
  byId("content").insertBefore(
    element("p", {class: "card"}, "This browser is too old to unpack the weights (it has no DecompressionStream): tables are all here, what is drawn is not."),
    byId("explore"));
} else {
  byId("explore").hidden = false;
  byId("drawings").hidden = false;
  grids.forEach((grid) => grid.rows.forEach((row) => seen.observe(row.label)));
  showInput();
  showHeads();
  document.addEventListener("themechange", () => {
    showHeads();
    drawGrids();
    if (byId("matrix").open) {
      drawMatrix();
    }
  });
  new ResizeObserver(() => panes.forEach(drawPane)).observe(byId("panes"));
}
