// SPDX-License-Identifier: Apache-2.0
// The model view: a matrix for each head, and one head large.

/** Cells of a thumbnail, in each direction, at most. */
const THUMBNAIL = 64;
/** Weights that are unpacked without being in sight. */
const MOST_AT_ONCE = 4e6;
/** Pixels of a large matrix, in each direction. */
const LARGE = 520;
/** Cells below so many have their tokens written beside them. */
const LABELLED = 40;

/** Paints a head's matrix, a cell for each pair of tokens or, if there are many, the largest of some. */
const paintMatrix = (canvas, bytes, head, most, colours) => {
  const [rows, columns] = [tokensOf(0), tokensOf(1)];
  const size = input().tokens.length;
  const scale = Math.max(1, Math.ceil(Math.max(rows.length, columns.length) / most));
  const [height, width] = [Math.ceil(rows.length / scale) || 1, Math.ceil(columns.length / scale) || 1];
  const largest = new Uint8Array(width * height);
  rows.forEach((i, y) => {
    const from = (head * size + i) * size;
    const line = Math.floor(y / scale) * width;
    for (let x = 0; x < columns.length; x++) {
      const place = line + Math.floor(x / scale);
      largest[place] = Math.max(largest[place], bytes[from + columns[x]]);
    }
  });
  canvas.width = width;
  canvas.height = height;
  const image = new ImageData(width, height);
  largest.forEach((byte, place) => image.data.set([...colours[byte], 255], 4 * place));
  canvas.getContext("2d").putImageData(image, 0, 0);
};

const drawRow = async (model, layer, canvases) => {
  const bytes = await weights(model, layer);
  const colours = ramp();
  canvases.forEach((canvas, head) => paintMatrix(canvas, bytes, head, THUMBNAIL, colours));
};

const grids = facts.models.map((model, index) => {
  const grid = element("div", {class: "grid", style: `--columns: ${headCount}`}, element("span"),
    ...Array.from({length: headCount}, (_, head) => element("span", {"aria-hidden": "true"}, String(head + 1))));
  byId("grids").append(element("figure", {}, element("figcaption", {}, model.name), grid));
  const rows = Array.from({length: layers}, (_, layer) => {
    const canvases = Array.from({length: headCount}, () => element("canvas", {style: "image-rendering: pixelated"}));
    const label = element("span", {"aria-hidden": "true"}, String(layer + 1));
    grid.append(label, ...canvases.map((canvas, head) => {
      const button = element("button",
        {type: "button", "aria-label": `${model.name}, layer ${layer + 1}, head ${head + 1}`}, canvas);
      button.addEventListener("click", () => openMatrix(layer, head));
      return button;
    }));
    return {label, canvases, stale: true};
  });
  return {index, rows};
});

/** A layer is unpacked when its row comes into sight; of short inputs all are, also for paper. */
const seen = new IntersectionObserver((entries) => entries.forEach(({target, isIntersecting}) =>
  grids.forEach((grid) => grid.rows.forEach((row, layer) => {
    if (row.label === target) {
      row.inSight = isIntersecting;
      refresh(grid, row, layer);
    }
  }))), {rootMargin: "200px"});

const refresh = (grid, row, layer) => {
  const size = input().tokens.length;
  const isShort = facts.models.length * layers * headCount * size * size <= MOST_AT_ONCE;
  if (row.stale && (row.inSight || isShort)) {
    row.stale = false;
    drawRow(grid.index, layer, row.canvases);
  }
};

const drawGrids = () => grids.forEach((grid) => grid.rows.forEach((row, layer) => {
  row.stale = true;
  refresh(grid, row, layer);
}));

const matrix = {layer: 0, head: 0, cell: [0, 0], canvases: []};

const labelRoom = (tokens, context) =>
  Math.min(110, Math.max(...tokens.map((token) => context.measureText(input().tokens[token].text).width)) + 8);

const paintLarge = ({canvas, bytes}) => {
  const [rows, columns] = [tokensOf(0), tokensOf(1)];
  const context = canvas.getContext("2d");
  const font = `12px ${styled("--sans")}`;
  context.font = font;
  const labelled = Math.max(rows.length, columns.length) <= LABELLED;
  const [left, top] = labelled ? [labelRoom(rows, context), labelRoom(columns, context)] : [0, 0];
  const cell = LARGE / Math.max(rows.length, columns.length);
  const ratio = devicePixelRatio || 1;
  const [width, height] = [left + cell * columns.length, top + cell * rows.length];
  Object.assign(canvas, {width: width * ratio, height: height * ratio});
  canvas.style.aspectRatio = `${width} / ${height}`;
  canvas.style.width = `${width}px`;
  context.scale(ratio, ratio);
  const image = document.createElement("canvas");
  paintMatrix(image, bytes, matrix.head, Infinity, ramp());
  context.imageSmoothingEnabled = cell < 1;
  context.drawImage(image, left, top, cell * columns.length, cell * rows.length);
  context.font = font;
  context.fillStyle = styled("--ink");
  context.textBaseline = "middle";
  const text = (token) => input().tokens[token].text;
  if (labelled) {
    context.textAlign = "end";
    rows.forEach((token, y) => context.fillText(text(token), left - 5, top + (y + 0.5) * cell, left - 6));
    columns.forEach((token, x) => {
      context.save();
      context.translate(left + (x + 0.5) * cell, top - 5);
      context.rotate(-Math.PI / 2);
      context.textAlign = "start";
      context.fillText(text(token), 0, 0, top - 6);
      context.restore();
    });
  }
  const [y, x] = matrix.cell;
  context.strokeStyle = styled("--ink");
  context.lineWidth = 2;
  context.strokeRect(left + x * cell - 1, top + y * cell - 1, Math.max(cell, 4) + 2, Math.max(cell, 4) + 2);
  return {left, top, cell};
};

const drawMatrix = () => {
  const [rows, columns] = [tokensOf(0), tokensOf(1)];
  const size = input().tokens.length;
  matrix.canvases.forEach((one) => (one.geometry = paintLarge(one)));
  const [from, to] = [rows[matrix.cell[0]], columns[matrix.cell[1]]];
  const values = matrix.canvases.map(({bytes}, index) =>
    shown(weightOf(bytes[(matrix.head * size + from) * size + to]))
      + (facts.models.length > 1 ? ` in ${facts.models[index].name}` : ""));
  byId("matrix-value").textContent =
    `${input().tokens[from].text} (token ${from + 1}) to ${input().tokens[to].text} (token ${to + 1}): ${values.join(", ")}`;
};

const goTo = (row, column) => {
  matrix.cell = [Math.min(Math.max(row, 0), tokensOf(0).length - 1), Math.min(Math.max(column, 0), tokensOf(1).length - 1)];
  drawMatrix();
};

const openMatrix = async (layer, head) => {
  if (tokensOf(0).length === 0 || tokensOf(1).length === 0) {
    return;
  }
  Object.assign(matrix, {layer, head, cell: [0, 0]});
  byId("matrix-title").textContent = `Layer ${layer + 1}, head ${head + 1}`;
  matrix.canvases = await Promise.all(facts.models.map(async (model, index) => {
    const canvas = element("canvas", {tabindex: "0", role: "application",
      "aria-label": `Matrix of ${model.name}; arrow keys go from cell to cell`, "aria-describedby": "matrix-value"});
    const one = {canvas, bytes: await weights(index, layer)};
    canvas.addEventListener("pointermove", (event) => {
      const scale = canvas.clientWidth ? parseFloat(canvas.style.width) / canvas.clientWidth : 1;
      goTo(Math.floor((event.offsetY * scale - one.geometry.top) / one.geometry.cell),
        Math.floor((event.offsetX * scale - one.geometry.left) / one.geometry.cell));
    });
    canvas.addEventListener("keydown", (event) => {
      const by = {ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1]}[event.key];
      if (by) {
        event.preventDefault();
        goTo(matrix.cell[0] + by[0], matrix.cell[1] + by[1]);
      }
    });
    return one;
  }));
  byId("matrix-panes").replaceChildren(...matrix.canvases.map(({canvas}, index) => element("figure", {},
    element("figcaption", {}, facts.models[index].name), element("div", {class: "matrix"}, canvas))));
  byId("matrix").showModal();
  drawMatrix();
  matrix.canvases[0].canvas.focus();
};

byId("matrix-close").addEventListener("click", () => byId("matrix").close());
byId("matrix-show").addEventListener("click", () => {
  byId("matrix").close();
  showHead(matrix.layer, matrix.head);
});
