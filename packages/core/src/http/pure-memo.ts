const MOST = 1_000;

/**
 * The same function, which remembers its answers. Only for pure functions of a text of which a process sees few, such as base
 * URLs and templates: the same text has the same answer for ever, so nothing here can go stale. Never more than 1 000.
 */
export function pureMemo<T>(answer: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const standing = known.get(text);
    if (standing !== undefined) return standing;
    if (known.size >= MOST) known.clear();
    const fresh = answer(text);
    known.set(text, fresh);
    return fresh;
  };
}
