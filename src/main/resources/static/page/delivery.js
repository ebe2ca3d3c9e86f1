import { badge, duration, el, facts, named, outside, place, show, time } from './dom.js';
import { live } from './live.js';
import { trial } from './trial.js';
import { waterfall } from './waterfall.js';

const id = decodeURIComponent(location.pathname.split('/').pop());

function between(from, to) {
  return from && to ? duration(Math.max(0, new Date(to) - new Date(from))) : null;
}

function about(delivery) {
  const event = delivery.event ?? {};
  const project = place(event.project);
  const number = event.pullRequest?.number;
  const here = values => `/?${new URLSearchParams(values)}`;
  return facts([
    ['Project', project && el('a', { href: here({ project }) }, project)],
    ['Pull request', number && project && el('a', { href: here({ project, pullRequest: number }) }, `#${number}`)],
    ['Commit', event.commit && el('a', { href: here({ commit: event.commit }) }, el('code', {}, event.commit.slice(0, 12)))],
    ['By', event.actor],
    ['Received', time(delivery.receivedAt)],
    ['Decided after', between(delivery.receivedAt, delivery.decidedAt)],
    ['Comment', event.comment && outside(event.comment.body.slice(0, 200), event.comment.url)],
    ['Sender', `${delivery.source}, ${delivery.eventName}`],
    ['Its key', el('code', {}, delivery.key)],
    ['Copy of', delivery.duplicateOf && el('a', { href: `/deliveries/${encodeURIComponent(delivery.duplicateOf)}` }, delivery.duplicateOf)],
    ['Raw', el('a', { href: `/api/deliveries/${encodeURIComponent(delivery.id)}` }, 'JSON')],
  ]);
}

function job(told) {
  const reasons = told.priorityReasons.length
    ? el('ul', {}, told.priorityReasons.map(reason => el('li', {}, reason))) : null;
  const targets = told.targets.length
    ? el('ul', { class: 'targets' }, told.targets.map(target => el('li', {}, badge(told.targetStates[target]), ' ', target))) : null;
  const links = told.links.flatMap(link => [outside(link.name, link.url), ' ']);
  return el('article', {},
    el('h3', {}, told.handler, ' ', badge(told.outcome ?? told.state)),
    told.paused ? el('p', { class: 'because' }, `It waits: ${told.paused}`) : null,
    told.detail ? el('p', {}, told.detail) : null,
    facts([
      ['For', [told.package, told.trigger].filter(Boolean).join(', ')],
      ['Priority', [el('strong', {}, String(told.priority)), reasons].filter(Boolean)],
      ['Targets', targets],
      ['Attempts', String(told.attempts)],
      ['Queued', time(told.queuedAt)],
      ['Waited in the queue', between(told.queuedAt, told.startedAt)],
      ['Took', between(told.startedAt, told.endedAt)],
      ['Runs elsewhere as', told.externalId],
      ['Links', links.length ? links : null],
    ].map(([term, value]) => [term, Array.isArray(value) ? el('div', {}, value) : value])));
}

function status(told, delivery) {
  return el('article', {},
    el('h3', {}, outside(`${told.kind} ${told.name}`, told.url), ' ', told.state ? badge(told.state) : null),
    told.title ? el('p', {}, told.title) : null,
    told.lastError ? el('p', { class: 'error' }, told.lastError) : null,
    facts([
      ['On the forge', told.shown ? 'shown' : 'not shown yet'],
      ['First shown after', between(delivery.receivedAt, told.firstShownAt)],
      ['Failed calls', told.attempts ? String(told.attempts) : null],
      ['At', told.place],
    ]));
}

function section(name, heading, content) {
  return content.length === 0 ? null
    : el('section', { 'aria-labelledby': name }, el('h2', { id: name }, heading), el('div', { class: 'cards' }, content));
}

function render(delivery) {
  const title = named(delivery);
  document.title = `${title}: ${delivery.outcome} · Forgeway`;
  show(
    el('h1', {}, title, ' ', badge(delivery.outcome)),
    delivery.reason || delivery.detail
      ? el('p', { class: 'because' }, delivery.reason ? el('strong', {}, delivery.reason) : null,
        delivery.reason && delivery.detail ? ': ' : null, delivery.detail) : null,
    about(delivery),
    section('jobs', 'Jobs', delivery.jobs.map(job)),
    section('statuses', 'What people see', delivery.statuses.map(told => status(told, delivery))),
    el('section', { 'aria-labelledby': 'steps' }, el('h2', { id: 'steps' }, 'What happened, step by step'), waterfall(delivery)));
}

trial(id);
live(`/api/deliveries/${encodeURIComponent(id)}`, render);
