/** What the bot says while it works: facts by name, never bodies of webhooks, tokens or file content. */
export interface Log {
  info(facts: Readonly<Record<string, unknown>>, message: string): void;
  warn(facts: Readonly<Record<string, unknown>>, message: string): void;
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined };

export interface LogOptions {
  /** Takes one line with its line end. */
  write(line: string): void;
  /** ISO 8601 UTC. */
  now(): string;
  /** Texts that no line may show, whatever a library puts into its error. */
  readonly secrets: readonly string[];
}

/** A fact is shown up to so many characters: an answer of a server may be a page. */
const maxLineLength = 8_000;
/** Tokens of GitHub in all their forms, JSON Web Tokens and keys. @see https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/ */
const secretForms = [
  /\b(?:gh[a-z]_|github_pat_)[A-Za-z0-9_]{20,}/g,
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
];

/** Writes one JSON object a line: `time`, `level`, `message`, and the facts. */
export function createLog({ write, now, secrets }: LogOptions): Log {
  // A key is one secret of many lines, and JSON writes each line end as two characters.
  const hidden = secrets
    .filter((secret) => secret.length >= 8)
    .map((secret) => JSON.stringify(secret).slice(1, -1));
  const say = (level: string, facts: Readonly<Record<string, unknown>>, message: string): void => {
    const text = JSON.stringify({ time: now(), level, message, ...facts });
    let line =
      text.length > maxLineLength ? JSON.stringify({ time: now(), level, message, facts: 'too long' }) : text;
    for (const secret of hidden) line = line.replaceAll(secret, '[hidden]');
    for (const form of secretForms) line = line.replaceAll(form, '[hidden]');
    write(`${line}\n`);
  };
  return {
    info: (facts, message) => say('info', facts, message),
    warn: (facts, message) => say('warn', facts, message),
  };
}
