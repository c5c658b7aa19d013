// SPDX-License-Identifier: Apache-2.0
// The curves of two runs, one over the other.

(() => {
  const both = (part, series) => [
    ...curveOf(facts.a.curves, part, series, "A"),
    ...curveOf(facts.b.curves, part, series, "B", {colour: 2, dash: [7, 4]}),
  ];
  const loss = document.querySelector('[data-curve="loss"]');
  if (loss) {
    chart(loss, "Loss of the training by step", () => both("training", "loss"));
  }
  const select = document.getElementById("metric");
  if (select) {
    const draw = chart(
      document.querySelector('[data-curve="metric"]'),
      "A metric of the validation by step",
      () => both("validation", select.value),
    );
    select.addEventListener("change", draw);
  }
})();
