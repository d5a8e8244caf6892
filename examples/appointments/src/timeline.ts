/** Who tells what: the backend's tenant, the vendor it went through, and a sentence. */
export interface Timeline {
  heading(text: string): void;
  say(tenant: string, vendor: string, text: string): void;
}

const WIDTH = 100;
const TEXT_AT = 26;

/** For runs that nobody watches. */
export const silent: Timeline = { heading: () => {}, say: () => {} };

/** Aligned lines of at most 100 columns: seconds since the start, tenant, vendor, what happened. */
export function timeline(write: (line: string) => void, now: () => number): Timeline {
  const begun = now();
  return {
    heading: (text) => write(`\n${text}`),
    say(tenant, vendor, text) {
      const seconds = `${((now() - begun) / 1000).toFixed(2)} s`.padStart(8);
      const [first = "", ...rest] = wrap(text, WIDTH - TEXT_AT - 2);
      write(`${seconds}  ${tenant.padEnd(7)} ${vendor.padEnd(6)}  ${first}`);
      for (const line of rest) write(`${" ".repeat(TEXT_AT + 2)}${line}`);
    },
  };
}

/** Columns as wide as their widest cell, under a line of headings. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = headings.map((heading, column) => Math.max(heading.length, ...rows.map((row) => (row[column] ?? "").length)));
  const line = (cells: readonly string[]) => `  ${widths.map((width, column) => (cells[column] ?? "").padEnd(width)).join("  ")}`.trimEnd();
  return [line(headings), line(widths.map((width) => "─".repeat(width))), ...rows.map(line)];
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
