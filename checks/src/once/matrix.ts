import { HISTORIES, type History } from "./histories.js";
import { OURS, PLANTED } from "./planted.js";
import { RIGS, type RigName } from "./rigs.js";
import { Stage } from "./stage.js";
import type { Subject } from "./world.js";

interface Cell {
  readonly history: string;
  readonly adapter: RigName;
  readonly state: string;
  /** The book says what is not so, or sending again made a second card. */
  readonly wrong: boolean;
  readonly asExpected: boolean;
}

/** Defects that the matrix must show as well as the schedules. */
const FOR_MATRIX = ["a look that finds nothing counts as proof at once", "an echo is matched by its chat alone", "of two cards that could be meant, an echo takes the first"];

async function playOne({ name, play, expected }: History, adapter: RigName, subject: Subject): Promise<Cell> {
  const stage = new Stage(await RIGS[adapter](), subject);
  try {
    await play(stage);
    const record = await stage.record("k1");
    const own = () => stage.rig.cards().filter(({ description }) => description === "card k1");
    const id = record?.handle.messages.at(-1)?.id;
    const liesOfAccepted = record?.state === "accepted" && !own().some(({ messageId }) => messageId === id);
    const liesOfNotSent = record?.state === "not-sent" && own().length > 0;
    const twin = await stage.record("k2");
    const liesOfTwin = twin?.state === "accepted" && !stage.rig.cards().some(({ description, messageId }) => description === "card k2" && messageId === twin.handle.messages.at(-1)?.id);
    const state = record?.state ?? "none";
    await stage.again();
    return { history: name, adapter, state, wrong: liesOfAccepted || liesOfNotSent || liesOfTwin || own().length > 1, asExpected: state === expected[adapter] };
  } finally {
    await stage.stop();
  }
}

async function playAll(subject: Subject, adapters: readonly RigName[]): Promise<readonly Cell[]> {
  const cells: Cell[] = [];
  for (const history of HISTORIES) cells.push(...(await Promise.all(adapters.map((adapter) => playOne(history, adapter, subject)))));
  return cells;
}

/** Every history at every vendor, and what the book made of it. */
export async function judgeMatrix() {
  const cells = await playAll(OURS, ["memory", "waha", "zapi"]);
  const missed: string[] = [];
  const defects = PLANTED.filter(([name]) => FOR_MATRIX.includes(name));
  for (const [name, subject] of defects) if (!(await playAll(subject, ["memory", "zapi"])).some(({ wrong }) => wrong)) missed.push(`matrix: ${name}`);
  const unexpected = cells.filter(({ asExpected }) => !asExpected).map(({ history, adapter, state }) => `${history}, ${adapter}: ${state}`);
  const count = (state: string) => cells.filter((cell) => cell.state === state).length;
  const wrong = cells.filter((cell) => cell.wrong);
  return {
    wrong: wrong.length + unexpected.length + (cells.length === HISTORIES.length * 3 ? 0 : 1), planted: FOR_MATRIX.length, missed,
    figures: {
      histories: HISTORIES.length, cells: cells.length, accepted: count("accepted"), notSent: count("not-sent"), unknown: count("unknown"),
      wrong: wrong.map(({ history, adapter, state }) => `${history}, ${adapter}: ${state}`), unexpected,
    },
  };
}
