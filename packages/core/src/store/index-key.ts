/** One index key of several ids. The length of each stands before it, so no two lists give one key. */
export function indexKey(...ids: readonly string[]): string {
  let key = "";
  for (const id of ids) key += `${id.length}:${id}`;
  return key;
}
