import { filePath } from '../config/field.ts';
import { matchesGlob } from '../config/glob.ts';
import type { ModelConfig } from '../config/model.ts';
import { type Pipeline, parsePipeline } from '../dvc/pipeline.ts';
import { InputError } from '../error/error.ts';
import { readMetrics } from './find-metrics.ts';
import type { FoundMetrics, FoundModel } from './found.ts';
import { topicOf, topicOfPath } from './slug.ts';
import { isForeign, type Survey } from './survey.ts';

const modelEnding =
  /\.(?:pkl|pickle|joblib|onnx|pt|pth|safetensors|h5|keras|cbm|ubj|gguf|mlmodel|tflite|rds|bst)$/i;
const trainScript = /(?:^|\/)(?:train(?:ing)?(?:[_-][\w-]+)?|[\w-]+[_-]train|fit)\.(py|r|jl|js|mjs|ts|sh)$/i;
const metricsFile = /(?:^|\/)(?:metrics|eval|evaluation|scores)(?:\/[^/]+)?\.json$/;
const mostModels = 20;

/** What one place says of a model; places that speak of the same one are joined. */
type Sign = Omit<FoundModel, 'name' | 'metrics'> & {
  readonly name: string | null;
  readonly metrics: string | null;
};

/**
 * Finds models by the stages of `dvc.yaml`, by model files and their pointers, and by training scripts.
 * @param set models that are set up: what one of them owns is no find
 */
export function findModels(
  survey: Survey,
  set: readonly ModelConfig[],
  fallback: string,
): readonly FoundModel[] {
  const paths = survey.paths.filter((path) => !isForeign(path) && filePath.safeParse(path).success);
  const signs = [...stageSigns(survey), ...fileSigns(paths), ...scriptSigns(paths)].filter(
    (sign) => !set.some((model) => owns(model, sign)),
  );
  const joined = new Map<string, Sign>();
  for (const sign of signs) {
    const near = [...joined].find(([, other]) => isSame(other, sign))?.[0];
    const name = near ?? sign.name ?? fallback;
    const before = joined.get(name);
    joined.set(name, before === undefined ? sign : join(before, sign));
  }
  const metrics = paths.filter((path) => metricsFile.test(path));
  const taken = new Set(set.map(({ model }) => model));
  return [...joined]
    .filter(([name]) => !taken.has(name))
    .slice(0, mostModels)
    .map(([name, sign]) => ({
      ...sign,
      name,
      predict: sign.predict ?? predictBeside(sign, paths),
      metrics: metricsOf(sign, metrics, survey, joined.size),
    }));
}

const isSame = (a: Sign, b: Sign): boolean =>
  (a.artifact !== null && a.artifact === b.artifact) ||
  (a.script !== null && a.script === b.script) ||
  (a.name !== null && a.name === b.name) ||
  // One that only says what it does belongs to the file that only says what it is.
  (a.name === null && b.name === null);

const join = (a: Sign, b: Sign): Sign => ({
  name: a.name ?? b.name,
  artifact: a.artifact ?? b.artifact,
  script: a.script ?? b.script,
  command: a.command ?? b.command,
  predict: a.predict ?? b.predict,
  reads: a.reads.length > 0 ? a.reads : b.reads,
  metrics: a.metrics ?? b.metrics,
  from: [...new Set([...a.from, ...b.from])],
});

function owns({ paths, train }: ModelConfig, { artifact, script, from }: Sign): boolean {
  const own = [artifact, script, ...from].filter((path) => path !== null && !path.endsWith('dvc.yaml'));
  return own.some(
    (path) =>
      path !== null && (matchesGlob(paths, path) || train.artifact === path || train.command.includes(path)),
  );
}

function stageSigns({ texts }: Survey): readonly Sign[] {
  return [...texts].flatMap(([file, text]): Sign[] => {
    if (!/(?:^|\/)dvc\.yaml$/.test(file)) return [];
    return readStages(text, file).flatMap((stage): Sign[] => {
      const at = (path: string): string | null => resolvePath(file, stage.workingFolder, path);
      const outputs = stage.outputs.flatMap(({ path }) => at(path) ?? []);
      const artifact = outputs.find((path) => modelEnding.test(path)) ?? null;
      const trains = /(?:^|[_-])(?:train|fit)/i.test(stage.name);
      if (artifact === null && !trains) return [];
      const reads = stage.dependencies.flatMap((path) => at(path) ?? []);
      const script = reads.find((path) => /\.(?:py|r|jl|js|mjs|ts|sh)$/i.test(path)) ?? null;
      const folder = resolvePath(file, stage.workingFolder, '.');
      const command = [...(folder === null || folder === '.' ? [] : [`cd ${folder}`]), ...stage.command].join(
        ' && ',
      );
      return [
        {
          name: topicOf(stage.name) ?? (artifact === null ? null : topicOfPath(artifact)),
          artifact: artifact ?? outputs.find((path) => !/\.(?:csv|parquet|jsonl?)$/.test(path)) ?? null,
          script,
          command: isCommand(command) ? command : null,
          predict: null,
          reads,
          metrics: stage.metrics.flatMap(({ path }) => at(path) ?? [])[0] ?? null,
          from: [file],
        },
      ];
    });
  });
}

function readStages(text: string, file: string): Pipeline['stages'] {
  try {
    return parsePipeline(text, file).stages;
  } catch (error) {
    // DVC would refuse it as well, and says so; other places may still tell.
    if (error instanceof InputError) return [];
    throw error;
  }
}

/** Templates (`${...}`) and what leaves the repository have no path here. */
function resolvePath(file: string, folder: string, path: string): string | null {
  const parts: string[] = [];
  for (const part of [...file.split('/').slice(0, -1), ...folder.split('/'), ...path.split('/')]) {
    if (part === '..' && parts.pop() === undefined) return null;
    if (part !== '..' && part !== '.' && part !== '') parts.push(part);
  }
  const whole = parts.join('/');
  if (whole === '') return '.';
  return filePath.safeParse(whole).success && !whole.includes('$') ? whole : null;
}

const isCommand = (command: string): boolean =>
  command !== '' && command.length <= 4000 && !command.includes('${') && !/[\r\n]/.test(command);

const nothing = { script: null, command: null, predict: null, reads: [], metrics: null } as const;

const fileSigns = (paths: readonly string[]): readonly Sign[] =>
  paths.flatMap((path): Sign[] => {
    const artifact = path.replace(/\.dvc$/, '');
    return modelEnding.test(artifact)
      ? [{ ...nothing, name: topicOfPath(artifact), artifact, from: [path] }]
      : [];
  });

const scriptSigns = (paths: readonly string[]): readonly Sign[] =>
  paths.flatMap((script): Sign[] =>
    trainScript.test(script) && !/(?:^|\/)tests?\//.test(script)
      ? [
          {
            ...nothing,
            name: topicOfPath(script),
            artifact: null,
            script,
            command: runOf(script),
            from: [script],
          },
        ]
      : [],
  );

const runners: readonly (readonly [RegExp, string])[] = [
  [/\.py$/i, 'python'],
  [/\.r$/i, 'Rscript'],
  [/\.jl$/i, 'julia'],
  [/\.sh$/i, 'bash'],
  [/./, 'node'],
];

/** Runs a script; a path with a space in it is left to a person. */
function runOf(script: string): string | null {
  const runner = runners.find(([ending]) => ending.test(script))?.[1];
  return /^[\w./-]+$/.test(script) && runner !== undefined ? `${runner} ${script}` : null;
}

function predictBeside({ script, artifact }: Sign, paths: readonly string[]): string | null {
  const folders = [script, artifact].flatMap((path) =>
    path === null ? [] : [path.split('/').slice(0, -1).join('/')],
  );
  const found = paths.find(
    (path) =>
      /(?:^|\/)(?:predict|score|inference|infer)\.(?:py|r|jl|js|mjs|ts|sh)$/i.test(path) &&
      folders.includes(path.split('/').slice(0, -1).join('/')),
  );
  return found === undefined ? null : runOf(found);
}

function metricsOf(
  { metrics, script, artifact }: Sign,
  files: readonly string[],
  { texts }: Survey,
  models: number,
): FoundMetrics | null {
  const folders = [script, artifact].flatMap((path) =>
    path === null ? [] : [path.split('/').slice(0, -1).join('/')],
  );
  const near = files.find((file) => folders.some((folder) => folder !== '' && file.startsWith(`${folder}/`)));
  // A single file speaks of a single model; with several it is not known of which.
  const path = metrics ?? near ?? (models === 1 ? files[0] : undefined);
  return path === undefined ? null : readMetrics(path, texts.get(path));
}
