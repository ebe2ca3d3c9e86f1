// Builds what is shown. Everything that came from outside becomes text, never markup.

export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) {
      element.setAttribute(key, value);
    }
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== ''));
  return element;
}

// A link to another site; what is no web address stays text.
export function outside(text, url) {
  return /^https?:\/\//i.test(url ?? '') ? el('a', { href: url, rel: 'noopener noreferrer' }, text) : text;
}

// What a delivery is about, in a few words.
export function named(delivery) {
  const { event } = delivery;
  const build = event?.build;
  return event ? [event.type, event.action, build?.id, build?.target].filter(Boolean).join(' ')
    : `${delivery.source} ${delivery.eventName}`;
}

export function place(project) {
  return [project?.host, project?.namespace, project?.name].filter(Boolean).join('/');
}

export function badge(word) {
  return el('span', { class: 'badge', 'data-word': word }, word);
}

// Terms with what is known of them; those without a value are left out.
export function facts(pairs) {
  return el('dl', { class: 'facts' }, pairs
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([term, value]) => el('div', {}, el('dt', {}, term), el('dd', {}, value))));
}

export function time(instant) {
  const at = new Date(instant);
  const now = new Date();
  const year = at.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' };
  const day = at.toDateString() === now.toDateString() ? {} : { day: 'numeric', month: 'short', ...year };
  const text = at.toLocaleString([], { ...day, hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return el('time', { datetime: instant, title: at.toISOString() }, text);
}

// A length of time, in as much detail as a person reads.
export function duration(millis) {
  if (millis < 10) {
    return `${millis.toFixed(2)} ms`;
  }
  if (millis < 1000) {
    return `${Math.round(millis)} ms`;
  }
  const seconds = millis / 1000;
  if (seconds < 60) {
    return `${seconds.toFixed(1)} s`;
  }
  const units = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
  const first = units.findIndex(([size]) => seconds >= size);
  const [size, unit] = units[first];
  const rest = units[first + 1] ? Math.floor((seconds % size) / units[first + 1][0]) : 0;
  return `${Math.floor(seconds / size)} ${unit}${rest ? ` ${rest} ${units[first + 1][1]}` : ''}`;
}

// Replaces what is shown, and leaves open what was open, the focus where it was, and tables as far to the side as they were.
export function show(...content) {
  const shown = document.getElementById('shown');
  const open = new Set([...shown.querySelectorAll('details[open]')].map(details => details.id));
  const focused = shown.contains(document.activeElement) ? document.activeElement : null;
  const focus = focused && address(focused);
  // several may lead to the same place
  const which = focused && alike(shown, focus).indexOf(focused);
  const aside = new Map([...shown.querySelectorAll('.scrolls')].map(region => [address(region), region.scrollLeft]));
  shown.replaceChildren(...content.flat().filter(part => part !== null));
  shown.querySelectorAll('details').forEach(details => { details.open = details.open || open.has(details.id); });
  shown.querySelectorAll('.scrolls').forEach(region => { region.scrollLeft = aside.get(address(region)) ?? 0; });
  if (focused) {
    // where it is gone, the keyboard goes on with what is shown, and not with the top of the page
    (alike(shown, focus)[which] ?? document.getElementById('content')).focus({ preventScroll: true });
  }
}

function alike(shown, sought) {
  return [...shown.querySelectorAll('a, button, summary, select, [tabindex]')].filter(other => address(other) === sought);
}

function address(element) {
  return `${element.tagName} ${element.id || element.getAttribute('href') || element.parentElement.id}`;
}
