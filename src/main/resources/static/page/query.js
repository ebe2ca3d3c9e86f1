// What the address of a list asks for, of all that it could.
export function askedAmong(names) {
  const given = new URLSearchParams(location.search);
  return new URLSearchParams(names.filter(name => given.get(name)).map(name => [name, given.get(name)]));
}

// The address of a list with some conditions changed, from its beginning; without those that are empty.
export function addressOf(path, conditions, changes) {
  const target = new URLSearchParams(conditions);
  target.delete('before');
  for (const [name, value] of Object.entries(changes)) {
    value ? target.set(name, value) : target.delete(name);
  }
  return `${path}?${target}`;
}
