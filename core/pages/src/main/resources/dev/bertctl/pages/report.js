// SPDX-License-Identifier: Apache-2.0
// Charts of reports; what they show is also in tables, which need no script.

const chartHeight = 200;

/** Draws a chart, and again whenever colours or the width change. */
const chart = (host, name, lines, options = {}) => {
  const place = element("div", {role: "img", "aria-label": name});
  host.append(place);
  let drawn;
  const draw = () => {
    drawn?.destroy();
    const shown = lines();
    const data = uPlot.join(shown.map((line) => [line.x, line.y]));
    const axis = {
      stroke: styled("--muted"),
      grid: {stroke: styled("--line"), width: 1},
      ticks: {stroke: styled("--line"), width: 1},
      font: "12px system-ui, sans-serif",
    };
    drawn = new uPlot(
      {
        width: Math.max(place.clientWidth, 200),
        height: chartHeight,
        scales: {x: {time: false}},
        axes: [axis, {...axis, size: 62, values: (plot, ticks) => ticks.map(tick)}],
        series: [
          {label: options.x ?? "step"},
          ...shown.map((line, index) => ({
            label: line.name,
            stroke: styled(`--series-${line.colour ?? index + 1}`),
            width: 2,
            dash: line.dash,
            spanGaps: true,
            points: {show: line.y.length < 30},
            value: (plot, value) => (value == null ? "–" : tick(value)),
          })),
        ],
      },
      data,
      place,
    );
  };
  draw();
  document.addEventListener("themechange", draw);
  let width = place.clientWidth;
  new ResizeObserver(() => {
    if (place.clientWidth !== width) {
      width = place.clientWidth;
      drawn.setSize({width: Math.max(width, 200), height: chartHeight});
    }
  }).observe(place);
  return draw;
};

const tick = (value) =>
  value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6)
    ? value.toExponential(1)
    : String(Number(value.toPrecision(4)));

/** A line of a run's curves, if it has it. */
const curveOf = (curves, part, series, name, style = {}) => {
  const found = curves?.[part]?.series[series];
  return found && found.some((value) => value !== null)
    ? [{name, x: curves[part].step, y: found, ...style}]
    : [];
};

/** Vertical bars from 0, of which each has a place and a width. */
const bars = (host, name, all, {highest, xOf, ticks, yTicks, more = []}) => {
  const [left, top, width, height] = [44, 12, 400, 170];
  const x = (value) => left + xOf(value) * width;
  const y = (value) => top + height - (value / highest) * height;
  const label = (at, down, text, anchor = "middle", style = "") =>
    drawn("text", {x: at, y: down, "text-anchor": anchor, class: style}, text);
  const gap = Math.min(1.5, (x(all[0].to) - x(all[0].from)) / 6);
  host.append(
    drawn(
      "svg",
      {viewBox: `0 0 ${left + width + 16} ${top + height + 34}`, role: "img", "aria-label": name},
      ...all.map((bar) =>
        drawn(
          "rect",
          {
            class: "column",
            x: x(bar.from) + gap / 2,
            y: y(bar.value),
            width: Math.max(1, x(bar.to) - x(bar.from) - gap),
            height: y(0) - y(bar.value),
          },
          drawn("title", {}, bar.title),
        ),
      ),
      drawn("line", {class: "axis", x1: left, y1: y(0), x2: left + width, y2: y(0)}),
      ...ticks.map((value) => label(x(value), y(0) + 16, String(value))),
      ...yTicks.map(([value, text]) => label(left - 6, y(value) + 4, text, "end")),
      ...more({x, y, label}),
    ),
  );
};

(() => {
  const {curves, evaluations = [], data = [], kind} = facts;
  const training = (name, shown) => () => curveOf(curves, "training", name, shown);
  document.querySelectorAll("[data-curve]").forEach((host) => {
    if (kind === "comparison") {
      return;
    }
    const name = host.dataset.curve;
    if (name === "loss") {
      chart(host, "Loss by step", () => [
        ...curveOf(curves, "training", "loss", "training"),
        ...curveOf(curves, "validation", "loss", "validation", {colour: 2}),
      ]);
    } else if (name === "metric") {
      const select = document.getElementById("metric");
      const draw = chart(host, "A metric of the validation by step", () =>
        curveOf(curves, "validation", select.value, select.value, {colour: 2}),
      );
      select.addEventListener("change", draw);
    } else {
      const title = host.querySelector("figcaption").textContent;
      chart(host, `${title} by step`, training(name, title.toLowerCase()));
    }
  });

  document.querySelectorAll("[data-thresholds]").forEach((host) => {
    const points = evaluations[host.dataset.thresholds].shown.thresholds;
    const x = points.map((point) => point.threshold);
    const line = (name) => ({name, x, y: points.map((point) => point[name] ?? null)});
    chart(
      host,
      "Precision, recall and F1 by threshold",
      () => [
        {...line("precision"), dash: [6, 4]},
        {...line("recall"), dash: [2, 3]},
        line("f1"),
      ],
      {x: "threshold"},
    );
  });

  document.querySelectorAll("[data-calibration]").forEach((host) => {
    const bins = evaluations[host.dataset.calibration].shown.calibration;
    const percent = (value) => `${Math.round(100 * value)} %`;
    bars(
      host,
      "How often predictions are right, by their probability",
      bins.map(({from, to, accuracy, count}) => ({
        from,
        to,
        value: accuracy,
        title: `${from} – ${to}: ${percent(accuracy)} of ${count} right`,
      })),
      {
        highest: 1,
        xOf: (value) => value,
        ticks: [0, 0.2, 0.4, 0.6, 0.8, 1],
        yTicks: [0, 0.5, 1].map((value) => [value, percent(value)]),
        more: ({x, y, label}) => [
          drawn("line", {class: "limit", x1: x(0), y1: y(0), x2: x(1), y2: y(1)}),
          ...bins.map((bin) => label((x(bin.from) + x(bin.to)) / 2, y(bin.accuracy) - 3, bin.count)),
        ],
      },
    );
  });

  document.querySelectorAll("[data-lengths]").forEach((host) => {
    const {bins, max_length: most} = data[host.dataset.lengths].lengths;
    const first = bins[0].from;
    const last = bins[bins.length - 1].to + 1;
    const highest = Math.max(...bins.map((bin) => bin.count));
    const span = last - first;
    const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((each) => span / each <= 8) ?? 1000;
    const ticks = [];
    for (let at = Math.ceil(first / step) * step; at <= last; at += step) {
      ticks.push(at);
    }
    bars(
      host,
      "How many sequences are how long",
      bins.map(({from, to, count}) => ({
        from,
        to: to + 1,
        value: count,
        title: `${from === to ? from : `${from} – ${to}`} tokens: ${count}`,
      })),
      {
        highest,
        xOf: (value) => (value - first) / span,
        ticks,
        yTicks: [
          [0, "0"],
          [highest, highest.toLocaleString("en")],
        ],
        more: ({x, y, label}) => {
          // One that no sequence reaches is told by the caption alone.
          if (most + 1 > last || most < first) {
            return [];
          }
          const at = x(most + 1);
          const left = at > 320;
          return [
            drawn("line", {class: "limit", x1: at, y1: y(0), x2: at, y2: y(highest)}),
            label(left ? at - 6 : at + 6, y(highest) + 10, `max-length ${most}`, left ? "end" : "start", "limit-name"),
          ];
        },
      },
    );
  });

  /** What a link leads to is to be seen. */
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target instanceof HTMLDetailsElement) {
      target.open = true;
      target.querySelector("summary").focus();
    }
  };
  addEventListener("hashchange", reveal);
  document
    .querySelectorAll("td a")
    .forEach((link) => link.addEventListener("click", () => setTimeout(reveal)));
  reveal();

  // Paper is white, and shows what is folded up.
  let folded = [];
  let theme;
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open], .long)")];
    folded.forEach((details) => {
      details.open = true;
    });
    theme = document.documentElement.dataset.theme;
    document.documentElement.dataset.theme = "light";
    document.dispatchEvent(new Event("themechange"));
  });
  addEventListener("afterprint", () => {
    folded.forEach((details) => {
      details.open = false;
    });
    document.documentElement.dataset.theme = theme;
    document.dispatchEvent(new Event("themechange"));
  });
})();
