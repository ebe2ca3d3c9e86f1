// One document serves every address of the page; the address says which part of it is shown.
import './search.js';

function part() {
  if (location.pathname === '/queues') {
    return 'queues';
  }
  if (location.pathname === '/sources') {
    return 'sources';
  }
  if (location.pathname === '/dead-letters') {
    return 'dead-letters';
  }
  return location.pathname.startsWith('/deliveries/') ? 'delivery' : 'deliveries';
}

for (const link of document.querySelectorAll('header nav a')) {
  if (link.pathname === location.pathname) {
    link.setAttribute('aria-current', 'page');
  }
}
import(`./${part()}.js`);
