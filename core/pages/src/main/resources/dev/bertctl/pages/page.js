// SPDX-License-Identifier: Apache-2.0
// What all pages have: their facts, elements, and light or dark.

const facts = JSON.parse(document.getElementById("facts").textContent);

/** An element with attributes and children; texts are texts, never HTML. */
const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
};

/** The same for drawings. */
const drawn = (name, attributes = {}, ...children) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
};

/** What a style property is at present, for what is drawn on a canvas. */
const styled = (property) =>
  getComputedStyle(document.documentElement).getPropertyValue(property).trim();

(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const button = document.getElementById("theme");
  let chosen;
  const isDark = () => (chosen ? chosen === "dark" : system.matches);
  const show = () => {
    document.documentElement.dataset.theme = isDark() ? "dark" : "light";
    button.setAttribute("aria-pressed", String(isDark()));
    document.dispatchEvent(new Event("themechange"));
  };
  show();
  system.addEventListener("change", show);
  button.addEventListener("click", () => {
    chosen = isDark() ? "light" : "dark";
    show();
  });
})();
