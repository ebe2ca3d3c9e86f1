// The box at the top of every page: says by its form alone what is looked for.

// What may follow is a part of the page that is shown, such as a comment.
const PULL_REQUEST = /^(.+?)(?:#|!|\/pull\/|\/pulls\/|\/pull-request\/|(?:\/-)?\/merge_requests\/)(\d+)(?:[/?#].*)?$/;
const COMMIT_URL = /^https?:\/\/.+\/(?:commits?\/([0-9a-f]{7,64})|c\/([0-9a-f]{40,64}))(?:\.(?:patch|diff))?(?:[/?#].*)?$/i;
const WEB = /^https?:\/\/(?:[^/@]*@)?([^/:]+)(?::\d+)?\//i;
const CLONE = /^(?:ssh:\/\/)?git@([^/:]+)(?::\d+(?=\/))?[:/]/i;
// Pages of a repository, below its own.
const PART = new RegExp('^([^/]+/[^/]+/.+?)/(?:-|tree|blob|src|raw|commits|branches|tags|releases|issues?|pulls|pull-requests'
  + '|compare|checks|runs|actions|wiki|settings)(?:/.*)?$');

export function meaning(text) {
  const words = text.trim();
  const [, short, long] = COMMIT_URL.exec(words) ?? [];
  const commit = short ?? long ?? (/^[0-9a-f]{7,64}$/i.test(words) ? words : null);
  if (commit) {
    return { commit };
  }
  const place = words.replace(WEB, '$1/').replace(CLONE, '$1/');
  const pull = PULL_REQUEST.exec(place);
  if (pull) {
    return { project: pull[1], pullRequest: pull[2] };
  }
  const page = WEB.test(words) ? place.replace(/[?#].*$/, '').replace(PART, '$1') : place;
  const project = page.replace(/\/+$/, '').replace(/\.git$/, '');
  return project.includes('/') ? { project } : { key: words };
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
