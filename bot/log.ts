/** What the bot says while it works: facts by name, never bodies of webhooks, tokens or file content. */
export interface Log {
  info(facts: Readonly<Record<string, unknown>>, message: string): void;
  warn(facts: Readonly<Record<string, unknown>>, message: string): void;
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined };
