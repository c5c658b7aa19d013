// SPDX-License-Identifier: Apache-2.0
// Examples in a plane: a colour and a shape for each label, errors with an outline. All maps show
// the same examples, so one that is chosen is chosen in each.

(() => {
  const SIZE = 600;
  const MARGIN = 16;
  const RADIUS = facts.points.length > 1000 ? 3.5 : 5;
  const COLOURS = 8;

  /** Corners of shapes around 0, 0 with about the area of a circle of radius 1. */
  const SHAPES = [
    null,
    [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
    [[0, -1.35], [1.2, 0.8], [-1.2, 0.8]],
    [[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]],
    [[-1.2, -0.8], [1.2, -0.8], [0, 1.35]],
  ];

  const colour = (label) =>
    label >= 0 && label < COLOURS ? `var(--label-${label})` : "var(--other)";

  const shape = (label, x, y, radius, attributes) => {
    const corners = label >= 0 && label < COLOURS ? SHAPES[label % SHAPES.length] : null;
    return corners
      ? drawn("polygon", {
          points: corners.map(([dx, dy]) => `${x + dx * radius},${y + dy * radius}`).join(" "),
          ...attributes,
        })
      : drawn("circle", { cx: x, cy: y, r: radius, ...attributes });
  };

  const name = (label) => facts.labels[label] ?? "no label";
  const hidden = new Set();
  let errorsOnly = false;
  let chosen = -1;
  const marks = facts.points.map(() => []);

  const isAway = (point) =>
    hidden.has(point.label) || (errorsOnly && point.right !== false);

  const show = (index, announce) => {
    marks[chosen]?.forEach((mark) => mark.classList.remove("chosen"));
    chosen = index;
    const point = facts.points[index];
    marks[index].forEach((mark) => {
      mark.classList.add("chosen");
      mark.parentNode.append(mark);
    });
    const told = [];
    if (point.label !== undefined) {
      told.push(`label: ${name(point.label)}`);
    }
    if (point.predicted !== undefined) {
      told.push(`predicted: ${point.predicted}`);
    }
    if (point.right !== undefined) {
      told.push(point.right ? "right" : "wrong");
    }
    document.getElementById("hint").hidden = true;
    document
      .getElementById("shown")
      .replaceChildren(
        element("p", {}, point.text),
        element("p", { class: "note" }, [...told, point.place].join(" · ")),
      );
    if (announce) {
      document.getElementById("detail").scrollIntoView({ block: "nearest" });
    }
  };

  /** The next point to the right, left, above or below, the nearest that is mostly there. */
  const next = (map, dx, dy) => {
    const at = facts.maps[map].points;
    if (chosen < 0 || isAway(facts.points[chosen])) {
      return facts.points.findIndex((point) => !isAway(point));
    }
    const [x, y] = at[chosen];
    let best = chosen;
    let least = Infinity;
    at.forEach(([ox, oy], index) => {
      const along = (ox - x) * dx + (oy - y) * dy;
      const across = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
      if (index !== chosen && !isAway(facts.points[index]) && along > 0 && across <= along) {
        const far = along + 2 * across;
        if (far < least) {
          least = far;
          best = index;
        }
      }
    });
    return best;
  };

  const STEPS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

  document.querySelectorAll(".plane").forEach((plane) => {
    const map = Number(plane.dataset.map);
    const place = (value) => MARGIN + value * (SIZE - 2 * MARGIN);
    const picture = drawn("svg", {
      viewBox: `0 0 ${SIZE} ${SIZE}`,
      role: "application",
      tabindex: "0",
      "aria-label": `Map of ${facts.maps[map].name}: arrow keys go from example to example`,
    });
    facts.maps[map].points.forEach(([x, y], index) => {
      const point = facts.points[index];
      const mark = shape(point.label ?? -1, place(x), place(1 - y), RADIUS, {
        class: point.right === false ? "point wrong" : "point",
        style: `color: ${colour(point.label ?? -1)}`,
      });
      mark.addEventListener("pointerenter", () => show(index, false));
      mark.addEventListener("click", () => show(index, false));
      marks[index].push(mark);
      picture.append(mark);
    });
    picture.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      if (step) {
        event.preventDefault();
        const index = next(map, ...step);
        if (index >= 0) {
          show(index, false);
        }
      }
    });
    plane.append(picture);
  });

  const redraw = () =>
    facts.points.forEach((point, index) =>
      marks[index].forEach((mark) => mark.classList.toggle("away", isAway(point))),
    );

  const legend = document.getElementById("legend");
  facts.labels.forEach((label, index) => {
    const count = facts.points.filter((point) => point.label === index).length;
    const sample = drawn("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" });
    sample.append(shape(index, 8, 8, 5.5, { fill: "currentColor", style: `color: ${colour(index)}` }));
    const button = element("button", { type: "button", "aria-pressed": "true" }, sample, `${label} (${count})`);
    button.addEventListener("click", () => {
      const away = !hidden.delete(index) && Boolean(hidden.add(index));
      button.setAttribute("aria-pressed", String(!away));
      redraw();
    });
    legend.append(button);
  });
  const only = document.getElementById("errors-only");
  only?.addEventListener("click", () => {
    errorsOnly = !errorsOnly;
    only.setAttribute("aria-pressed", String(errorsOnly));
    redraw();
  });
  document.querySelectorAll("[data-point]").forEach((button) =>
    button.addEventListener("click", () => show(Number(button.dataset.point), true)),
  );
  document.getElementById("controls").hidden = facts.labels.length === 0 && !only;
})();
