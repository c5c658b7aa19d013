// SPDX-License-Identifier: Apache-2.0
// Shows one method at a time, and lets arrow keys go through the words of a text.

(() => {
  const choose = (name) => {
    document.querySelectorAll(".method").forEach((shown) => {
      shown.classList.toggle("unchosen", shown.dataset.method !== name);
    });
  };
  choose(facts.methods[0]);
  if (facts.methods.length > 1) {
    document.getElementById("content").classList.add("chosen-alone");
  }
  document.querySelectorAll('[name="method"]').forEach((choice) => {
    // Browsers keep the choice when a page is loaded again.
    choice.checked = choice.value === facts.methods[0];
    choice.addEventListener("change", () => choose(choice.value));
  });
})();

(() => {
  const STEPS = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1};

  document.querySelectorAll(".text").forEach((text) => {
    const words = [...text.querySelectorAll(".word")];
    const enter = (word) => {
      words.forEach((other) => other.setAttribute("tabindex", other === word ? "0" : "-1"));
    };
    words.forEach((word) => {
      word.setAttribute("role", "note");
      word.setAttribute("aria-label", `${word.textContent} ${word.dataset.score}`);
    });
    enter(words[0]);
    text.addEventListener("keydown", (event) => {
      const at = words.indexOf(document.activeElement);
      const step = STEPS[event.key] ?? 0;
      const next =
        event.key === "Home" ? 0 : event.key === "End" ? words.length - 1 : at + step;
      if (at < 0 || next === at || !words[next]) {
        return;
      }
      event.preventDefault();
      enter(words[next]);
      words[next].focus();
    });
    text.addEventListener("focusin", (event) => enter(event.target));
  });
})();

(() => {
  const details = [...document.querySelectorAll("details")];
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = details.filter((one) => !one.open);
    closed.forEach((one) => (one.open = true));
  });
  addEventListener("afterprint", () => closed.forEach((one) => (one.open = false)));
})();
