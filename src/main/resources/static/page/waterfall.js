// Draws the steps of a delivery. What happened close together shares a scale; the waits between have lines of their own.

import { duration, el, time } from './dom.js';

const APART = 100;

function milliseconds(step) {
  // a Date has no microseconds; the API tells them
  const fraction = /\.(\d+)/.exec(step.at)?.[1] ?? '0';
  return Math.floor(Date.parse(step.at) / 1000) * 1000 + Number(`0.${fraction}`) * 1000;
}

function bursts(steps) {
  const found = [];
  for (const step of steps) {
    const start = milliseconds(step);
    const end = start + step.micros / 1000;
    const last = found.at(-1);
    if (last && start - last.end <= APART) {
      last.steps.push({ step, start });
      last.end = Math.max(last.end, end);
    } else {
      found.push({ start, end, steps: [{ step, start }] });
    }
  }
  return found;
}

function bar(start, micros, burst) {
  const length = Math.max(burst.end - burst.start, 0.001);
  const drawn = el('span', { class: 'bar' });
  drawn.style.setProperty('--start', `${100 * (start - burst.start) / length}%`);
  drawn.style.setProperty('--length', `${100 * micros / 1000 / length}%`);
  return el('span', { class: 'track', 'aria-hidden': 'true' }, drawn);
}

function line({ step, start }, burst, delivery) {
  const isCall = step.route === 'call';
  const node = step.node.startsWith(`${step.route}.`) ? step.node.slice(step.route.length + 1) : step.node;
  const ended = delivery.reason && step.result === delivery.reason;
  return el('li', { 'data-room': step.route.split('-')[0], class: ended ? 'ended' : null },
    el('span', { class: 'step' }, el('span', { class: 'route' }, step.route), ' ', isCall ? el('code', {}, node) : node),
    bar(start, step.micros, burst),
    el('span', { class: 'took' }, duration(step.micros / 1000)),
    el('span', { class: 'result' }, step.result ? el('strong', {}, step.result) : null, ' ', step.detail,
      ended ? el('em', {}, ' ended here') : null));
}

export function waterfall(delivery) {
  const all = bursts(delivery.steps);
  const first = all[0]?.start ?? 0;
  return el('ol', { class: 'waterfall' }, all.flatMap((burst, index) => [
    index === 0 ? null : el('li', { class: 'wait' },
      `waited ${duration(burst.start - all[index - 1].end)}, then ${burst.steps[0].step.route}`),
    el('li', { class: 'burst' },
      el('p', {}, time(burst.steps[0].step.at), ` · ${duration(burst.end - burst.start)}`,
        index === 0 ? null : ` · ${duration(burst.start - first)} after the first step`),
      el('ol', {}, burst.steps.map(one => line(one, burst, delivery)))),
  ]));
}
