import { badge, duration, el, facts, named, place, show, time } from './dom.js';
import { ask, live } from './live.js';
import { about, projectOf } from './project.js';
import { addressOf, askedAmong } from './query.js';

const OUTCOMES = ['queued', 'ignored', 'duplicate', 'filtered', 'dispatched', 'parked'];
const LIMIT = 50;
const asked = askedAmong(['source', 'key', 'outcome', 'project', 'pullRequest', 'commit', 'before']);

function having(changes) {
  return addressOf('/', asked, changes);
}

// A project is called as its forge spells it, however it was asked for.
function title(known) {
  const project = known?.key ?? asked.get('project');
  if (project) {
    return asked.has('pullRequest') ? `${project}#${asked.get('pullRequest')}` : project;
  }
  return asked.has('commit') ? `Commit ${asked.get('commit')}` : asked.has('key') ? `Key ${asked.get('key')}` : 'Deliveries';
}

function outcomes() {
  const current = asked.get('outcome') ?? '';
  return el('nav', { class: 'choices', 'aria-label': 'Outcome' }, ['', ...OUTCOMES].map(outcome =>
    el('a', { href: having({ outcome }), 'aria-current': outcome === current ? 'true' : null }, outcome || 'all')));
}

// What was done and why not, among those that are listed.
function summary(deliveries) {
  const counts = new Map();
  for (const delivery of deliveries) {
    const word = delivery.reason ? `${delivery.outcome}: ${delivery.reason}` : delivery.outcome;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const which = asked.has('before') || asked.has('outcome') ? 'these' : 'the newest';
  const parts = [...counts].sort(([, one], [, other]) => other - one);
  return el('section', { 'aria-labelledby': 'summary' },
    el('h2', { id: 'summary' }, `What became of ${which} ${deliveries.length}`),
    facts(parts.map(([word, count]) => [word, String(count)])));
}

function subject({ event }) {
  return place(event?.project) + (event?.pullRequest ? `#${event.pullRequest.number}` : '');
}

function row(delivery) {
  return el('li', {},
    badge(delivery.outcome),
    el('a', { class: 'name', href: `/deliveries/${encodeURIComponent(delivery.id)}` }, named(delivery), ' ',
      el('span', { class: 'place' }, subject(delivery))),
    time(delivery.receivedAt),
    el('span', { class: 'why' }, [delivery.reason, delivery.detail].filter(Boolean).join(': ')),
    el('span', { class: 'took' }, delivery.decidedAt
      ? `decided in ${duration(new Date(delivery.decidedAt) - new Date(delivery.receivedAt))}` : ''));
}

function nothing() {
  if (asked.has('before')) {
    return 'Nothing is older.';
  }
  if ([...asked].length === 0) {
    return 'No delivery came yet, or none is kept any more.';
  }
  return asked.has('key')
    ? 'Nothing has this id or key. A repository is found as github.com/packit/hello, its pull request as '
      + 'github.com/packit/hello#342, and a commit by seven of its digits or more.'
    : 'Nothing fits. What was ignored at the door is not kept.';
}

function render({ deliveries, project }) {
  const heading = title(project);
  document.title = `${heading} · Forgeway`;
  const last = deliveries.at(-1);
  show(
    el('h1', {}, heading),
    project ? about(project, !asked.has('pullRequest')) : null,
    outcomes(),
    asked.has('project') && deliveries.length ? summary(deliveries) : null,
    deliveries.length
      ? el('ol', { class: 'rows', 'aria-label': 'Deliveries, newest first' }, deliveries.map(row))
      : el('p', {}, nothing()),
    deliveries.length === LIMIT ? el('p', {}, el('a', { href: having({ before: last.id }) }, 'Older')) : null);
}

// A delivery has an id of ours and a key of its sender; a person may have either.
async function start() {
  const key = asked.get('key');
  if (key) {
    const id = encodeURIComponent(key.toLowerCase());
    const known = await ask(`/api/deliveries/${id}`).then(() => true, () => false);
    if (known) {
      location.replace(`/deliveries/${id}`);
      return;
    }
  }
  const target = new URLSearchParams(asked);
  target.set('limit', LIMIT);
  const project = asked.get('project');
  live(async () => {
    const [deliveries, known] = await Promise.all([ask(`/api/deliveries?${target}`), project ? projectOf(project) : null]);
    return JSON.stringify({ deliveries: JSON.parse(deliveries), project: known });
  }, render);
}

start();
