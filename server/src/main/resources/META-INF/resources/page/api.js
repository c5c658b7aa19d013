// SPDX-License-Identifier: Apache-2.0

/** A request that the server refused, or that did not reach it. */
export class ApiProblem extends Error {
  /**
   * @param {string} message
   * @param {number} status of HTTP; 0 if there was no response
   * @param {number} retryAfter seconds after which to try again; 0 if the server does not say so
   */
  constructor(message, status, retryAfter = 0) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** Whether the server wants a key, or another one. */
  get isUnauthorized() {
    return this.status === 401;
  }

  /** Whether the server is there and cannot answer yet. */
  get isNotReady() {
    return this.status === 503;
  }
}

/** The server that this page comes from. */
export class Api {
  /** The API key; empty for none. */
  key = "";

  /** Where requests go: where the page is, whatever stands before it. */
  url(path) {
    return new URL(path, document.baseURI).href;
  }

  /** Descriptions of the models that are served. */
  async models() {
    return (await this.#ask("v1/models")).models;
  }

  /** Where a model's predictions are asked for. */
  predictUrl(model) {
    return this.url(`v1/models/${encodeURIComponent(model)}/predict`);
  }

  /** Predictions for rows, each with the row's columns. */
  async predict(model, rows) {
    const answer = await this.#ask(this.predictUrl(model), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ rows }),
    });
    return answer.predictions;
  }

  async #ask(path, options = {}) {
    const headers = { Accept: "application/json", ...options.headers };
    if (this.key) {
      headers.Authorization = `Bearer ${this.key}`;
    }
    let response;
    try {
      response = await fetch(this.url(path), { ...options, headers, cache: "no-store" });
    } catch (e) {
      throw new ApiProblem(`The server cannot be reached: ${e.message}`, 0);
    }
    const body = await response.text();
    const json = parsed(body);
    if (!response.ok) {
      const retryAfter = Number(response.headers.get("Retry-After")) || 0;
      throw new ApiProblem(message(response, json, body, retryAfter), response.status, retryAfter);
    }
    if (json === undefined) {
      throw new ApiProblem("The server's answer is no JSON.", response.status);
    }
    return json;
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function message(response, json, body, retryAfter) {
  const told = json?.error || body.trim() || `the server answered ${response.status}`;
  const sentence = told[0].toUpperCase() + told.slice(1) + (/[.!?]$/.test(told) ? "" : ".");
  return retryAfter > 0 && !/try again/i.test(told)
    ? `${sentence} Try again in ${retryAfter} s.`
    : sentence;
}
