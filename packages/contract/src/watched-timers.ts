/** What of a piece of work still waits afterwards: the timers that it started and that neither fired nor were cleared. */
export async function timersLeftBy(work: () => Promise<void>): Promise<number> {
  const { setTimeout: startTimeout, setInterval: startInterval, clearTimeout: endTimeout, clearInterval: endInterval } = globalThis;
  const waiting = new Set<unknown>();
  const once = (callback: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => {
    const timer: unknown = startTimeout(() => {
      waiting.delete(timer);
      callback(...args);
    }, ms);
    waiting.add(timer);
    return timer;
  };
  const often = (callback: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => {
    const timer: unknown = startInterval(callback, ms, ...args);
    waiting.add(timer);
    return timer;
  };
  const end = (clear: (timer: NodeJS.Timeout) => void) => (timer: NodeJS.Timeout) => {
    waiting.delete(timer);
    clear(timer);
  };
  Object.assign(globalThis, { setTimeout: once, setInterval: often, clearTimeout: end(endTimeout), clearInterval: end(endInterval) });
  try {
    await work();
    return waiting.size;
  } finally {
    Object.assign(globalThis, { setTimeout: startTimeout, setInterval: startInterval, clearTimeout: endTimeout, clearInterval: endInterval });
    for (const timer of waiting) if (isTimer(timer)) endTimeout(timer);
  }
}

function isTimer(value: unknown): value is NodeJS.Timeout {
  return typeof value === "object" && value !== null && Symbol.toPrimitive in value;
}
