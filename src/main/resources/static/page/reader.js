// Who reads: with the admin token also what concerns private repositories. It is kept as long as the tab is open.

const KEY = 'forgeway-token';

export function proof() {
  const token = sessionStorage.getItem(KEY);
  return token ? { Authorization: `Bearer ${token}` } : {};
}

const form = document.getElementById('reader');
const input = form.elements.token;
input.value = sessionStorage.getItem(KEY) ?? '';
form.addEventListener('submit', event => {
  event.preventDefault();
  input.value ? sessionStorage.setItem(KEY, input.value) : sessionStorage.removeItem(KEY);
  location.reload();
});
