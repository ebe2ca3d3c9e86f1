// What is known of a project, and why nothing happens in it.

import { badge, el, facts, outside, time } from './dom.js';
import { ask } from './live.js';

// One of which nothing is known says so in the same place.
export async function projectOf(key) {
  try {
    return JSON.parse(await ask(`/api/projects/${key.split('/').map(encodeURIComponent).join('/')}`));
  } catch (error) {
    return { why: error.message };
  }
}

function config(known) {
  return known && el('div', {}, badge(known.state), known.path ? [' ', el('code', {}, known.path)] : null,
    ' at ', el('code', {}, known.commit.slice(0, 12)), ', ', time(known.seenAt));
}

function absence(found) {
  return found && el('div', {}, `${found.events}, the last `, time(found.lastAt));
}

function installation(known) {
  return known && el('div', {}, badge(known.state), ` on ${known.account}`,
    known.approvalIssue ? [', ', outside('whose owner is asked who they are', known.approvalIssue)] : null);
}

// A pull request may be well where the last event of its project is not, and the other way round.
export function about(project, isWhole) {
  return el('section', { 'aria-label': 'What is known of the project' },
    isWhole ? null : el('h2', {}, 'What is known of the whole project'),
    el('p', { class: 'because', id: 'why' }, project.why),
    facts([
      ['Allowlist', project.allowlist && badge(project.allowlist)],
      ['Package config', project.key && (config(project.config) ?? 'never looked for')],
      ['Its mistake', project.config?.detail],
      ['Last there', project.config?.lastPresentAt && time(project.config.lastPresentAt)],
      ['Events without one', absence(project.absence)],
      ['GitHub App', installation(project.installation)],
    ]));
}
