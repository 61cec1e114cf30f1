/** What a Python interpreter says about itself and what is installed for it. */
export interface PythonFacts {
  readonly version: string;
  readonly packages: readonly (readonly [name: string, version: string])[];
}

/** Asks Python for its version and distributions; older ones than 3.8 tell the version alone. */
export const pythonQuestion = `import json, platform
packages = []
try:
    from importlib import metadata
    for found in metadata.distributions():
        try:
            packages.append([found.metadata["Name"], found.version])
        except Exception:
            pass
except ImportError:
    pass
print(json.dumps({"version": platform.python_version(), "packages": packages}))`;

/** @param text what Python printed; pull-request controlled: a file of the environment can print before it @returns null when it is no answer */
export function parsePythonFacts(text: string): PythonFacts | null {
  const answer = parseJson(text.trim().split('\n').at(-1) ?? '');
  if (typeof answer !== 'object' || answer === null || !('version' in answer)) return null;
  const { version } = answer;
  if (typeof version !== 'string' || version === '') return null;
  const listed: readonly unknown[] =
    'packages' in answer && Array.isArray(answer.packages) ? answer.packages : [];
  const packages = listed.flatMap((each) => {
    const [name, found]: readonly unknown[] = Array.isArray(each) ? each : [];
    return typeof name === 'string' && name !== ''
      ? [[name, typeof found === 'string' ? found : 'unknown'] as const]
      : [];
  });
  return { version, packages };
}

/**
 * Reads the name of a file in `conda-meta`: `cudatoolkit-11.8.0-h6a678d5_0.json`.
 * @see https://docs.conda.io/projects/conda/en/stable/dev-guide/specs/solved-packages.html name-version-build
 */
export function parseCondaFile(file: string): readonly [name: string, version: string] | null {
  const [, name, version] = /^(.+)-([^-]+)-[^-]+\.json$/.exec(file) ?? [];
  return name === undefined || version === undefined ? null : [`conda:${name}`, version];
}

/** Asks R for its version and packages, a line each. */
export const rQuestion =
  'cat(as.character(getRversion()), "\\n"); p <- installed.packages()[, c("Package", "Version")]; cat(paste(p[, 1], p[, 2], sep = "\\t"), sep = "\\n")';

/** @param text what R printed @returns null when it is no answer */
export function parseRFacts(text: string): PythonFacts | null {
  const [version, ...lines] = text.split('\n').map((line) => line.trim());
  if (version === undefined || !/^\d+\.\d+/.test(version)) return null;
  const packages = lines.flatMap((line) => {
    const [name, found] = line.split('\t');
    return name === undefined || found === undefined ? [] : [[`r:${name}`, found] as const];
  });
  return { version, packages };
}

/** Sorted by name and version, each once, as a record keeps them. */
export function sortPackages(
  packages: readonly (readonly [string, string])[],
): readonly (readonly [string, string])[] {
  const unique = new Map(packages.map((each) => [each.join('\n'), each]));
  return [...unique.values()].sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
