// The box at the top of every page: says by its form alone what is looked for.

const PULL_REQUEST = /^(.+?)(?:#|\/pull\/|\/pulls\/|\/pull-request\/|(?:\/-)?\/merge_requests\/|!)(\d+)(?:\/.*)?$/;
const COMMIT_URL = /^(?:https?:\/\/.+)\/(?:-\/)?commits?\/([0-9a-f]{7,64})$/i;

export function meaning(text) {
  const words = text.trim();
  const commit = COMMIT_URL.exec(words)?.[1] ?? (/^[0-9a-f]{7,64}$/i.test(words) ? words : null);
  if (commit) {
    return { commit };
  }
  const place = words.replace(/^https?:\/\//i, '').replace(/\.git$/, '').replace(/\/+$/, '');
  const pull = PULL_REQUEST.exec(place);
  if (pull) {
    return { project: pull[1], pullRequest: pull[2] };
  }
  return place.includes('/') ? { project: place } : { key: words };
}

function addressFor(words) {
  return words.trim() ? `/?${new URLSearchParams(meaning(words))}` : '/';
}

const form = document.getElementById('search');
form.addEventListener('submit', event => {
  event.preventDefault();
  location.assign(addressFor(form.elements.q.value));
});

// What is shown, as a person would ask for it.
function asked(given) {
  const number = given.get('pullRequest');
  return given.has('project') ? given.get('project') + (number ? `#${number}` : '') : given.get('commit') ?? given.get('key') ?? '';
}

form.elements.q.value ||= asked(new URLSearchParams(location.search));

// what a browser sends whose person was faster than this script, or that searches here by itself
const words = new URLSearchParams(location.search).get('q');
if (words !== null) {
  location.replace(addressFor(words));
}
