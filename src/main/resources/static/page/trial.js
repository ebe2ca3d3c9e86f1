// Asks what would be decided about a delivery now, in the name of a person with the admin token, and shows how that differs.

import { badge, el, facts } from './dom.js';
import { problemOf } from './live.js';
import { waterfall } from './waterfall.js';

function differences(found) {
  if (!found.length) {
    return el('p', {}, 'The same as was decided then.');
  }
  return el('div', { class: 'scrolls', tabindex: '0', role: 'region', 'aria-label': 'What would be another decision' }, el('table', {},
    el('caption', {}, 'What would be another decision'),
    el('thead', {}, el('tr', {}, ['What', 'Then', 'Now'].map(head => el('th', { scope: 'col' }, head)))),
    el('tbody', {}, found.map(({ what, job, was, would }) => el('tr', {},
      el('th', { scope: 'row' }, [what, job].filter(Boolean).join(': ')),
      el('td', {}, was ?? 'not there'), el('td', {}, would ?? 'not there'))))));
}

function job(told) {
  return el('article', {},
    el('h4', {}, told.handler),
    facts([
      ['For', [told.package, told.trigger, told.identifier].filter(Boolean).join(', ')],
      ['Priority', el('div', {}, el('strong', {}, String(told.priority)),
        el('ul', {}, told.priorityReasons.map(reason => el('li', {}, reason))))],
      ['Targets', told.targets.join(', ')],
    ]));
}

function render(trial) {
  const { would } = trial;
  return [
    el('p', {}, badge(would.outcome), ' ', [would.reason, would.detail].filter(Boolean).join(': ')),
    differences(trial.differences),
    would.jobs.length ? el('h3', {}, 'Jobs') : null,
    el('div', { class: 'cards' }, would.jobs.map(job)),
    el('h3', {}, 'What each filter says now'),
    waterfall({ steps: trial.steps, reason: would.reason }),
  ].filter(Boolean);
}

async function tried(id, token) {
  const response = await fetch(`/api/deliveries/${encodeURIComponent(id)}/replay?dryRun=true`, {
    method: 'POST',
    headers: { Accept: 'application/json', 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    cache: 'no-store',
    body: '{}',
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(problemOf(text, response.status));
  }
  return JSON.parse(text);
}

// A part of the page for itself: what is live is drawn anew now and then, and must not take away what a person typed.
export function trial(id) {
  const token = el('input', { id: 'token', type: 'password', autocomplete: 'off', required: '' });
  const button = el('button', {}, 'What would be decided now?');
  const state = el('p', { role: 'status', id: 'trial-state' });
  const result = el('div', { id: 'trial-result' });
  const form = el('form', { class: 'trial' }, el('label', { for: 'token' }, 'Admin token'), token, button);
  form.addEventListener('submit', async event => {
    event.preventDefault();
    button.disabled = true;
    state.className = '';
    state.textContent = 'Deciding …';
    result.replaceChildren();
    try {
      result.replaceChildren(...render(await tried(id, token.value)));
      state.textContent = 'This would be decided now; nothing was done.';
    } catch (error) {
      state.className = 'error';
      state.textContent = error.message;
    } finally {
      button.disabled = false;
    }
  });
  document.getElementById('shown').after(el('section', { 'aria-labelledby': 'trial' },
    el('h2', { id: 'trial' }, 'A dry run'),
    el('p', {}, 'Decides about the same delivery again, with the configuration, the approvals and the queues of now, and does nothing.'),
    form, state, result));
}
