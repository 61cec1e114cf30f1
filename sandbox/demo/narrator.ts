/** Says what happens, one plain line each, with the seconds since the start. */
export interface Narrator {
  say(text: string): void;
  heading(text: string): void;
}

export function createNarrator(write: (line: string) => void): Narrator {
  const started = performance.now();
  const elapsed = () => `${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s`;
  return {
    say: (text) => write(`${elapsed()}    ${text}`),
    heading: (text) => write(`\n${elapsed()}  ${text}`),
  };
}

/** For tests: nobody listens. */
export const silent: Narrator = { say: () => {}, heading: () => {} };
