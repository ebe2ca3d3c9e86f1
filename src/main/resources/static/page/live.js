// Asks the API now and then, and shows what changed.

import { proof } from './reader.js';

const MILLIS = 3000;

export async function ask(target) {
  const response = await fetch(target, { headers: { Accept: 'application/json', ...proof() }, cache: 'no-store' });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(problemOf(text, response.status));
  }
  return text;
}

// What a person is told of an answer that is no success (RFC 9457).
export function problemOf(text, status) {
  const problem = readable(text);
  return problem?.detail ?? problem?.title ?? `the service answered ${status}`;
}

function readable(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// target: what to ask, or a function that asks; render: shows an answer that differs from the one before
export function live(target, render) {
  const updated = document.getElementById('updated');
  const problem = document.getElementById('problem');
  const pause = document.getElementById('pause');
  let before = null;
  let paused = false;

  async function refresh() {
    if (paused || document.hidden) {
      return;
    }
    try {
      const answer = await (typeof target === 'string' ? ask(target) : target());
      if (answer !== before) {
        render(JSON.parse(answer));
        before = answer;
        updated.textContent = `As of ${new Date().toLocaleTimeString()}, live`;
      }
      problem.hidden = true;
    } catch (error) {
      updated.textContent = 'Not up to date';
      problem.textContent = error.message;
      problem.hidden = false;
      before = null;
    }
  }

  pause.addEventListener('click', () => {
    paused = !paused;
    pause.setAttribute('aria-pressed', paused);
    updated.textContent = paused ? 'Paused' : 'Live';
    refresh();
  });
  document.addEventListener('visibilitychange', refresh);
  setInterval(refresh, MILLIS);
  refresh();
}
