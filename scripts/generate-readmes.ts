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
  return rows.length === 0
    ? 'None.'
    : markdownTable(
        [head, ...rows].map((row) => [...row]),
        { alignDelimiters: false, padding: true },
      );
}

function between(text: string, name: string, content: string): string {
  const form = new RegExp(`<!-- ${name}:start -->[\\s\\S]*?<!-- ${name}:end -->`);
  if (!form.test(text))
    throw new Error(`The README has no markers <!-- ${name}:start --> and <!-- ${name}:end -->.`);
  return text.replace(form, () => `<!-- ${name}:start -->\n${content}\n<!-- ${name}:end -->`);
}

/** Rewrites the tables of every action's README. @returns folders with an action.yml, from root */
export function writeReadmes(root: string): readonly string[] {
  const folders = readdirSync(join(root, 'actions')).map((name) => join('actions', name));
  return folders.filter((folder) => {
    if (!existsSync(join(root, folder, 'action.yml'))) return false;
    const readme = join(root, folder, 'README.md');
    writeFileSync(
      readme,
      fillTables(readFileSync(readme, 'utf8'), readAction(join(root, folder, 'action.yml'))),
    );
    return true;
  });
}

export function readAction(file: string): ActionFile {
  return load(readFileSync(file, 'utf8')) as ActionFile;
}
