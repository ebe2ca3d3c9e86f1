import { badge, el, show, time } from './dom.js';
import { live } from './live.js';

const WORDS = { found: 'to be fetched', recovered: 'recovered', unwanted: 'not wanted', lost: 'lost' };

function missed({ missed }) {
  return Object.entries(missed ?? {}).filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${WORDS[state] ?? state}`).join(', ');
}

function lost({ lostFrom, lostUntil }) {
  return lostFrom ? el('p', {}, 'Lost: ', time(lostFrom), ' to ', time(lostUntil)) : null;
}

function row(gap) {
  return el('tr', {},
    el('th', { scope: 'row' }, gap.source),
    el('td', {}, badge(gap.state)),
    el('td', {}, gap.completeSince ? time(gap.completeSince) : '–'),
    el('td', {}, gap.completeUntil ? time(gap.completeUntil) : '–'),
    el('td', {}, missed(gap) || '–'),
    el('td', { class: 'text' }, gap.problem ?? gap.reason ?? '', lost(gap)));
}

function render(gaps) {
  document.title = 'Sources · Forgeway';
  show(
    el('h1', {}, 'Sources'),
    el('p', {}, 'Since when, and until when, nothing that a source sent is missing.'),
    el('div', { class: 'scrolls', tabindex: '0', role: 'region', 'aria-label': 'Sources', id: 'sources' },
      el('table', {},
        el('thead', {}, el('tr', {}, ['Source', 'State', 'Complete since', 'Complete until', 'Missed in 30 days', 'Why']
          .map(name => el('th', { scope: 'col' }, name)))),
        el('tbody', {}, gaps.map(row)))));
}

live('/api/gaps', render);
