// SPDX-License-Identifier: Apache-2.0
import { Api, ApiProblem } from "./api.js";
import { curl } from "./curl.js";
import { byId, element } from "./dom.js";
import { examples } from "./examples.js";
import { FieldProblem, RowForm } from "./form.js";
import { shown } from "./result.js";
import { similarity } from "./views/vectors.js";

const api = new Api();
let models = [];
let model;
let form;

/** Seconds until a server that is not ready is asked again, and how often it is for a prediction. */
const AGAIN = 2;
const TRIES = 30;

async function load() {
  try {
    models = await api.models();
  } catch (e) {
    return refused(e);
  }
  byId("key-form").hidden = true;
  if (models.length === 0) {
    return wait("No model is loaded yet.");
  }
  tell("");
  byId("waiting").hidden = true;
  byId("model").replaceChildren(...models.map(({ name }) => element("option", { value: name }, name)));
  byId("chooser").hidden = models.length === 1;
  const asked = new URLSearchParams(location.search).get("model");
  choose(models.find(({ name }) => name === asked) ?? models[0]);
  byId("columns").hidden = false;
}

function wait(message) {
  byId("model-name").textContent = "Loading…";
  tellWaiting(message);
  setTimeout(load, AGAIN * 1000);
}

function tellWaiting(message) {
  byId("waiting").textContent = `${message} This page tries again by itself.`;
  byId("waiting").hidden = false;
}

/** Predictions of a server that may have to load its models first. */
async function answered(name, sent) {
  for (let tries = 1; ; tries++) {
    try {
      return await api.predict(name, sent);
    } catch (e) {
      if (!(e instanceof ApiProblem) || !e.isNotReady || tries === TRIES) {
        throw e;
      }
      tellWaiting("The server is not ready yet.");
      await new Promise((resolve) => setTimeout(resolve, AGAIN * 1000));
    }
  }
}

function refused(problem) {
  if (!(problem instanceof ApiProblem)) {
    throw problem;
  }
  if (problem.isNotReady) {
    return wait("The server is not ready yet.");
  }
  byId("waiting").hidden = true;
  byId("model-name").textContent = problem.isUnauthorized ? "Try a model" : "No answer";
  if (problem.isUnauthorized) {
    byId("key-form").hidden = false;
    byId("columns").hidden = true;
    tell(api.key ? "The server does not know this key." : "");
    byId("key").focus();
  } else {
    tell(problem.message);
  }
}

function choose(chosen) {
  model = chosen;
  document.title = `${model.name} – bertctl`;
  byId("model").value = model.name;
  byId("model-name").textContent = model.name;
  byId("facts").replaceChildren(...facts().map((fact) => element("li", {}, fact)));
  form = new RowForm(byId("fields"), model);
  addComparison();
  const rows = examples(model);
  byId("examples").hidden = rows.length === 0;
  byId("example-list").replaceChildren(...rows.map((row, i) => exampleButton(row, i)));
  if (rows.length > 0) {
    form.fill(rows[0]);
  }
  clear();
  showCurl();
}

function facts() {
  const labels = model.labels ?? [];
  return [
    model.task,
    labels.length > 0 ? `${labels.length} labels` : null,
    `up to ${model.max_length} tokens at once`,
  ].filter(Boolean);
}

/** Vectors alone tell people little: two texts can be compared. */
function addComparison() {
  const example = model.example;
  if (!Array.isArray(example?.prediction?.embedding) || Object.keys(example.row).length !== 1) {
    return;
  }
  byId("fields").append(
    element(
      "div",
      { class: "field" },
      element("label", { for: "compared" }, "compare with (optional)"),
      element("p", { class: "hint", id: "compared-hint" }, "Another text: how alike are the two?"),
      element("textarea", { id: "compared", rows: 2, "aria-describedby": "compared-hint", spellcheck: "false" }),
    ),
  );
}

function rows() {
  const row = form.row();
  const compared = byId("compared")?.value.trim();
  return compared ? [row, { [Object.keys(row)[0]]: compared }] : [row];
}

function exampleButton(row, i) {
  const texts = Object.values(row).map((value) => (Array.isArray(value) ? value.join(" ") : value));
  const button = element("button", { type: "button", class: "example" }, texts.join(" · "));
  button.addEventListener("click", () => {
    form.fill(row);
    byId("fields").querySelector("textarea, input").focus();
  });
  return element("li", {}, element("span", { class: "hidden" }, `Example ${i + 1}: `), button);
}

async function predict() {
  const send = byId("send");
  if (send.getAttribute("aria-disabled") === "true") {
    return;
  }
  tell("");
  send.setAttribute("aria-disabled", "true");
  byId("result").setAttribute("aria-busy", "true");
  const asked = model;
  const begin = performance.now();
  try {
    const sent = rows();
    const answers = await answered(asked.name, sent);
    if (asked === model) {
      show(answers, sent, performance.now() - begin);
    }
  } catch (e) {
    failed(e);
  } finally {
    byId("waiting").hidden = true;
    send.removeAttribute("aria-disabled");
    byId("result").removeAttribute("aria-busy");
  }
}

function show(answers, sent, milliseconds) {
  const pair = answers.length === 2 ? similarity(answers[0], answers[1]) : null;
  const { view, summary } = pair ?? shown(answers[0], sent[0]);
  byId("view").replaceChildren(view);
  const time = `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
  byId("latency").textContent = `answered in ${time}`;
  byId("announcement").textContent = `${summary} Answered in ${time}.`;
  // On a small screen it is below what was filled in.
  byId("result").scrollIntoView({ block: "nearest" });
  byId("json").hidden = false;
  byId("json-text").textContent = JSON.stringify(pair ? answers : answers[0], null, 2);
}

function failed(problem) {
  clear();
  if (problem instanceof ApiProblem && problem.isUnauthorized) {
    return refused(problem);
  }
  if (!(problem instanceof ApiProblem) && !(problem instanceof FieldProblem)) {
    tell(`This page failed: ${problem.message}`);
    throw problem;
  }
  tell(problem.message);
}

/** What went wrong; nothing for an empty text. */
function tell(message) {
  byId("problem").textContent = message;
  byId("problem").hidden = message === "";
}

function clear() {
  byId("view").replaceChildren(
    element("p", { class: "empty" }, "What the model predicts is shown here."),
  );
  byId("latency").textContent = "";
  byId("announcement").textContent = "";
  byId("json").hidden = true;
}

function showCurl() {
  let text;
  try {
    text = curl(api.predictUrl(model.name), rows(), api.key !== "");
  } catch (e) {
    if (!(e instanceof FieldProblem)) {
      throw e;
    }
    text = e.message;
  }
  byId("curl-text").textContent = text;
  byId("copied").textContent = "";
}

async function copy() {
  const text = byId("curl-text");
  try {
    await navigator.clipboard.writeText(text.textContent);
    byId("copied").textContent = "Copied.";
  } catch {
    // Only pages from localhost or by HTTPS may write to the clipboard.
    getSelection().selectAllChildren(text);
    byId("copied").textContent = "Selected; copy it with the keyboard.";
  }
}

byId("model").addEventListener("change", (event) => {
  choose(models.find(({ name }) => name === event.target.value));
  history.replaceState(null, "", `?${new URLSearchParams({ model: model.name })}`);
});
byId("input").addEventListener("submit", (event) => {
  event.preventDefault();
  predict();
});
byId("input").addEventListener("input", showCurl);
byId("input").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    byId("input").requestSubmit();
  }
});
byId("key-form").addEventListener("submit", (event) => {
  event.preventDefault();
  api.key = byId("key").value.trim();
  load();
});
byId("copy").addEventListener("click", copy);
byId("send-hint").textContent = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘ Enter" : "Ctrl + Enter";
load();
