import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { markdownTable } from 'markdown-table';

interface ActionFile {
  readonly inputs?: Readonly<
    Record<string, { readonly description: string; readonly required?: boolean; readonly default?: string }>
  >;
  readonly outputs?: Readonly<Record<string, { readonly description: string }>>;
}

/** README text with the tables between its markers made from action.yml, so that they are never wrong. */
export function fillTables(readme: string, action: ActionFile): string {
  const inputs = Object.entries(action.inputs ?? {}).map(([name, input]) => [
    `\`${name}\``,
    input.description,
    input.required ? 'yes' : 'no',
    input.default === undefined || input.default === '' ? '' : `\`${input.default}\``,
  ]);
  const outputs = Object.entries(action.outputs ?? {}).map(([name, output]) => [
    `\`${name}\``,
    output.description,
  ]);
  const withInputs = between(readme, 'inputs', table(['Input', 'What it is', 'Required', 'Default'], inputs));
  return between(withInputs, 'outputs', table(['Output', 'What it is'], outputs));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? 'None.' : markdownTable([head, ...rows].map((row) => [...row]));
}

function between(text: string, name: string, content: string): string {
  const form = new RegExp(`<!-- ${name}:start -->[\\s\\S]*?<!-- ${name}:end -->`);
  if (!form.test(text))
    throw new Error(`The README has no markers <!-- ${name}:start --> and <!-- ${name}:end -->.`);
  return text.replace(form, () => `<!-- ${name}:start -->\n${content}\n<!-- ${name}:end -->`);
}

/** Where an action of actions/ is described: compare-models is the root action, which users name without a folder. */
export function actionFileOf(root: string, name: string): string {
  return name === 'compare-models' ? join(root, 'action.yml') : join(root, 'actions', name, 'action.yml');
}

/** Rewrites the tables of every action's README. @returns names of the actions */
export function writeReadmes(root: string): readonly string[] {
  const names = readdirSync(join(root, 'actions')).filter((name) => existsSync(actionFileOf(root, name)));
  for (const name of names) {
    const readme = join(root, 'actions', name, 'README.md');
    writeFileSync(readme, fillTables(readFileSync(readme, 'utf8'), readAction(actionFileOf(root, name))));
  }
  return names;
}

export function readAction(file: string): ActionFile {
  return load(readFileSync(file, 'utf8')) as ActionFile;
}
