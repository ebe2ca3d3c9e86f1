import { duration, el, show, time } from './dom.js';
import { ask, live } from './live.js';

const percent = share => `${Math.round(share * 100)} %`;

function table(name, columns, rows) {
  return el('div', { class: 'scrolls', tabindex: '0', role: 'region', 'aria-label': name, id: name.toLowerCase() },
    el('table', {},
      el('thead', {}, el('tr', {}, columns.map(column => el('th', { scope: 'col' }, column)))),
      el('tbody', {}, rows)));
}

function priorities(counts) {
  return Object.entries(counts).sort(([one], [other]) => other - one).map(([priority, count]) => `${priority}: ${count}`).join(', ');
}

function mark(queue, paused) {
  if (queue.name.startsWith('dead.') && !queue.name.endsWith('.notices') && queue.messages > 0) {
    return el('em', { class: 'dead' }, ' wait for ',
      el('a', { href: '/dead-letters' }, 'a person'));
  }
  return paused.some(pause => pause.kind === 'handler' && `jobs.${pause.name}` === queue.name) ? el('em', {}, ' paused') : null;
}

function row(queue, paused) {
  return el('tr', {},
    el('th', { scope: 'row' }, queue.name, mark(queue, paused)),
    el('td', {}, String(queue.messages - queue.scheduled)),
    el('td', {}, String(queue.scheduled)),
    el('td', {}, queue.messages > queue.scheduled ? duration(queue.oldestSeconds * 1000) : '–'),
    el('td', {}, priorities(queue.priorities) || '–'),
    el('td', {}, String(queue.consumers)));
}

function pauses({ paused, pausesProblem }) {
  if (pausesProblem) {
    return el('p', { class: 'error' }, `What is paused cannot be told: ${pausesProblem}`);
  }
  return paused.length === 0 ? null : el('section', { 'aria-labelledby': 'pauses-heading' },
    el('h2', { id: 'pauses-heading' }, 'Paused'),
    el('p', {}, 'What waits here is not lost. Whoever has the admin token lets it go on by ', el('code', {}, 'POST /api/pauses/resume'),
      ', with its kind and name and who they are.'),
    table('Pauses', ['What', 'Since', 'By', 'Why', 'Waiting'], paused.map(pause => el('tr', {},
      el('th', { scope: 'row' }, `${pause.kind} ${pause.name}`),
      el('td', {}, time(pause.since)),
      el('td', {}, pause.by),
      el('td', { class: 'text' }, pause.note ?? '–'),
      el('td', {}, pause.waiting === undefined ? 'not known' : String(pause.waiting))))));
}

function drain(process) {
  if (!process?.draining) {
    return null;
  }
  const running = Object.entries(process.running).map(([route, count]) => `${route} (${count})`).join(', ');
  return el('p', { class: 'because', id: 'drain' }, `The process that answers, ${process.process}, takes nothing more since `,
    time(process.since), `, says ${process.by}. `, process.empty ? 'It can be stopped.' : `It still works on ${running}.`);
}

function disk(broker) {
  const blocked = broker.blocked.length > 0;
  return el('p', { class: blocked ? 'error' : null, id: 'disk' },
    `${percent(broker.diskUsed)} of the broker's disk is used; above ${percent(broker.diskLimit)} it takes nothing.`,
    blocked ? el('strong', {}, ` It takes nothing for ${broker.blocked.join(', ')}`
      + (broker.blocked.includes('deliveries') ? ', and senders are answered 503.' : '.')) : null);
}

function render(told) {
  document.title = 'Queues · Forgeway';
  show(
    el('h1', {}, 'Queues'),
    drain(told.process),
    disk(told.broker),
    pauses(told),
    el('h2', { id: 'waiting' }, 'Waiting'),
    el('p', {}, 'What waits or is worked on, as the broker told within the last twenty seconds. The highest priority comes first.'),
    table('Queues', ['Queue', 'Waiting', 'For later', 'Oldest', 'Priority: how many', 'Consumers'],
      told.queues.map(queue => row(queue, told.paused))));
}

// Each says why when it cannot be told; that one thing is away hides nothing of the others.
async function look() {
  const [queues, broker] = (await Promise.all([ask('/api/queues'), ask('/api/broker')])).map(JSON.parse);
  const process = JSON.parse(await ask('/api/drain'));
  const known = await ask('/api/pauses').then(text => ({ paused: JSON.parse(text) }),
    error => ({ paused: [], pausesProblem: error.message }));
  return JSON.stringify({ queues, broker, process, ...known });
}

live(look, render);
