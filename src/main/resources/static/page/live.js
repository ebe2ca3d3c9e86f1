// Asks the API now and then, and shows what changed.

import { proof } from './reader.js';

const MILLIS = 3000;
// longer than the service itself waits for its database
const PATIENCE_MILLIS = 60000;

export async function ask(target) {
  const [response, text] = await fetch(target, {
    headers: { Accept: 'application/json', ...proof() },
    cache: 'no-store',
    signal: AbortSignal.timeout(PATIENCE_MILLIS),
  }).then(async answer => [answer, await answer.text()]).catch(error => {
    throw new Error(`the service does not answer (${error.message})`);
  });
  if (!response.ok) {
    const refused = response.status === 401 ? '. The token at the end of the page is not right; empty the field to read without one.' : '';
    throw new Error(problemOf(text, response.status) + refused);
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

// Once: what is written again is read aloud again.
function tell(problem, message) {
  if (problem.hidden || problem.textContent !== message) {
    problem.textContent = message;
    problem.hidden = false;
  }
}

// target: what to ask, or a function that asks; render: shows an answer that differs from the one before
export function live(target, render) {
  const updated = document.getElementById('updated');
  const problem = document.getElementById('problem');
  const pause = document.getElementById('pause');
  let before = null;
  let paused = false;
  let asking = false;

  async function refresh() {
    // a service that is slow to answer, as without its database, is not asked again meanwhile
    if (paused || asking || document.hidden) {
      return;
    }
    asking = true;
    try {
      const answer = await (typeof target === 'string' ? ask(target) : target());
      if (paused) {
        return;
      }
      if (answer !== before) {
        render(JSON.parse(answer));
        before = answer;
        updated.textContent = `As of ${new Date().toLocaleTimeString()}, live`;
      }
      problem.hidden = true;
    } catch (error) {
      updated.textContent = 'Not up to date';
      tell(problem, error.message);
      before = null;
    } finally {
      asking = false;
    }
  }

  pause.addEventListener('click', () => {
    paused = !paused;
    pause.setAttribute('aria-pressed', paused);
    updated.textContent = paused ? 'Paused' : 'Live';
    refresh();
  });
  pause.parentElement.hidden = false;
  document.addEventListener('visibilitychange', refresh);
  setInterval(refresh, MILLIS);
  refresh();
}
