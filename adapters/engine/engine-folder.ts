let chosen: string | null = null;

/** Names the folder of the native engine (`duckdb.node` and its library) before the engine is first used. */
export function setEngineFolder(folder: string): void {
  chosen = folder;
}

/** The folder of the native engine, null when none was named. */
export function getEngineFolder(): string | null {
  return chosen;
}
