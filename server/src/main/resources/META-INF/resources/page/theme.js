// SPDX-License-Identifier: Apache-2.0
// Light or dark: as the system has it, unless it was chosen here. Not a module, so that the choice
// is known before anything is drawn.
(() => {
  const KEY = "bertctl.theme";
  const system = matchMedia("(prefers-color-scheme: dark)");

  /** Browsers may refuse to store anything: then the choice holds as long as the page. */
  const stored = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  };
  const store = (theme) => {
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // Not remembered.
    }
  };

  let chosen = stored();
  const isDark = () => (chosen ? chosen === "dark" : system.matches);
  const show = () => {
    document.documentElement.dataset.theme = isDark() ? "dark" : "light";
    document.getElementById("theme")?.setAttribute("aria-pressed", String(isDark()));
  };

  show();
  system.addEventListener("change", show);
  document.addEventListener("DOMContentLoaded", () => {
    show();
    document.getElementById("theme").addEventListener("click", () => {
      chosen = isDark() ? "light" : "dark";
      store(chosen);
      show();
    });
  });
})();
