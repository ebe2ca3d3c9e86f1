import { duration, el, show } from './dom.js';
import { live } from './live.js';

function row(queue) {
  const dead = queue.name.startsWith('dead.') && !queue.name.endsWith('.notices') && queue.messages > 0;
  return el('tr', { class: dead ? 'dead' : null },
    el('th', { scope: 'row' }, queue.name, dead ? el('em', {}, ' wait for a person') : null),
    el('td', {}, String(queue.messages - queue.scheduled)),
    el('td', {}, String(queue.scheduled)),
    el('td', {}, queue.messages > queue.scheduled ? duration(queue.oldestSeconds * 1000) : '–'),
    el('td', {}, String(queue.consumers)));
}

function render(queues) {
  document.title = 'Queues · Forgeway';
  show(
    el('h1', {}, 'Queues'),
    el('p', {}, 'What waits or is worked on, as the broker told within the last twenty seconds.'),
    el('div', { class: 'scrolls', tabindex: '0', role: 'region', 'aria-label': 'Queues' },
      el('table', {},
        el('thead', {}, el('tr', {}, ['Queue', 'Waiting', 'For later', 'Oldest', 'Consumers']
          .map(name => el('th', { scope: 'col' }, name)))),
        el('tbody', {}, queues.map(row)))));
}

live('/api/queues', render);
