import { badge, el, show, time } from './dom.js';
import { live } from './live.js';
import { addressOf, askedAmong } from './query.js';

const REASONS = ['attempts-exhausted', 'defect', 'invalid-json', 'missing-field', 'no-result'];
const LIMIT = 50;
const asked = askedAmong(['id', 'source', 'project', 'handler', 'reason', 'olderThan', 'youngerThan', 'before']);

function having(changes) {
  return addressOf('/dead-letters', asked, changes);
}

function reasons() {
  const current = asked.get('reason') ?? '';
  return el('nav', { class: 'choices', 'aria-label': 'Reason' }, ['', ...REASONS].map(reason =>
    el('a', { href: having({ reason }), 'aria-current': reason === current ? 'true' : null }, reason || 'all')));
}

// What else the address asks for, each with a way to ask without it.
function conditions() {
  const others = [...asked].filter(([name]) => name !== 'reason' && name !== 'before');
  return others.length === 0 ? null : el('p', { class: 'choices' }, others.map(([name, value]) =>
    el('a', { href: having({ [name]: '' }), title: 'Leave this condition out' }, `${name} ${value} ×`)));
}

function row(letter) {
  return el('li', {},
    badge(letter.kind),
    el('a', { class: 'name', href: `/deliveries/${encodeURIComponent(letter.deliveryId)}` },
      letter.handler ?? (letter.kind === 'status' ? 'status' : `${letter.source} delivery`), ' ',
      el('span', { class: 'place' }, letter.project ?? '')),
    time(letter.since),
    el('span', { class: 'why' }, [letter.reason, letter.detail].filter(Boolean).join(': ')),
    el('span', { class: 'why' }, 'id ', el('a', { href: having({ id: letter.id }) }, el('code', {}, letter.id))));
}

function render(letters) {
  document.title = 'Dead letters · Forgeway';
  show(
    el('h1', {}, 'Dead letters'),
    el('p', {}, 'What was given up. What was only tried for too long comes again by itself within hours, where nothing can be done twice; the ',
      'rest waits for a person: whoever has the admin token lets it come again by ',
      el('code', {}, 'POST /api/dead-letters/redrive'), ', or takes it off the list by ',
      el('code', {}, 'POST /api/dead-letters/discard'), '.'),
    reasons(),
    conditions(),
    letters.length
      ? el('ol', { class: 'rows', 'aria-label': 'Dead letters, newest first' }, letters.map(row))
      : el('p', {}, asked.has('before') ? 'Nothing is older.' : [...asked].length > 0 ? 'Nothing fits.' : 'Nothing is given up.'),
    letters.length === LIMIT ? el('p', {}, el('a', { href: having({ before: letters.at(-1).id }) }, 'Older')) : null);
}

const target = new URLSearchParams(asked);
target.set('limit', LIMIT);
live(`/api/dead-letters?${target}`, render);
