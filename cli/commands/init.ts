import { lstat, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { profileFiles } from '../../adapters/dataset/profile-files.ts';
import { readSurvey } from '../../adapters/onboarding/survey.ts';
import { parseSealKey, sealKeyForm } from '../../core/config/seal-key.ts';
import { inferContract } from '../../core/dataset/infer.ts';
import { InputError } from '../../core/error/error.ts';
import {
  type Answers,
  defaultAnswers,
  type Pin,
  parsePin,
  questions,
} from '../../core/onboarding/answers.ts';
import { contractDays } from '../../core/onboarding/contract-text.ts';
import { findExisting, findSetup } from '../../core/onboarding/find-setup.ts';
import type { Found } from '../../core/onboarding/found.ts';
import { onboardingBlocks, renderOnboarding } from '../../core/onboarding/onboarding.ts';
import { type Proposal, proposeSetup } from '../../core/onboarding/propose-setup.ts';
import { renderFindings } from '../../core/report/terminal.ts';
import { renderText } from '../../core/report/text.ts';
import type { AddCommand, CommandContext } from '../context.ts';
import { type OpenEngine, withEngine } from './data/engine.ts';
import { toDataFiles } from './data/files.ts';

/** Asks one question; null: nobody can answer here. */
export type Ask = ((question: string) => Promise<string>) | null;

/** What `gatehouse init` needs of the world besides the context. */
export interface InitWorld {
  readonly open: OpenEngine;
  /** Starts a conversation. */
  readonly ask: () => { readonly ask: Ask; close(): void };
  /** The copy of Gatehouse that this program comes from. */
  readonly findPin: () => Promise<Pin | null>;
}

interface InitOptions {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly markdown?: boolean;
  readonly preset?: string;
  readonly from?: string;
  readonly sealTo?: string;
}

/** `gatehouse init`: proposes the files of a setup, report-only. Writes new files and touches none that is there. */
export const initCommand =
  (world: InitWorld): AddCommand =>
  (program, context) => {
    program
      .command('init')
      .description('Looks at this repository and proposes the files of Gatehouse, report-only')
      .option('--yes', 'ask nothing: take every default')
      .option('--dry-run', 'print the files and write nothing')
      .option('--markdown', 'print the description of the pull request that adds them')
      .option('--preset <name>', 'small-team, team or regulated')
      .option('--from <owner/name@commit>', 'your copy of Gatehouse and the commit that is trusted')
      .option('--seal-to <key>', 'public key of the app, as its log names it: results are sealed to it')
      .action((options: InitOptions) => context.run(() => init(world, options, context)));
  };

async function init(world: InitWorld, options: InitOptions, context: CommandContext): Promise<0 | 1> {
  const survey = await readSurvey(context.cwd);
  const existing = findExisting(survey);
  const found = findSetup(survey, existing);
  const answered = applyOptions(defaultAnswers(found, existing, await world.findPin()), options);
  const defaults = { ...answered, ...readSealKey(options) };
  const silent = options.yes === true || options.dryRun === true || options.markdown === true;
  const answers = silent ? defaults : await converse(world, defaults, context);
  const inferred = await inferAll(world, found, survey.root, context);
  const expires = addDays(context.now(), contractDays);
  const proposal = proposeSetup({ survey, found, existing, answers, inferred, expires });
  if (options.markdown === true) context.print(renderOnboarding({ found, answers, proposal }).trimEnd());
  else if (options.dryRun === true) printFiles(proposal, context);
  else {
    await writeAll(survey.root, proposal);
    // The heading is that of a pull request.
    context.print(renderText(onboardingBlocks({ found, answers, proposal, written: true }).slice(2)));
  }
  return report(proposal, context);
}

function applyOptions(answers: Answers, { preset, from }: InitOptions): Answers {
  const withPreset = preset === undefined ? answers : questions[0]?.apply(answers, preset);
  if (withPreset === null || withPreset === undefined) {
    throw new InputError('INIT_ANSWER', `"${preset}" is no preset`, {
      hint: 'Write small-team, team or regulated.',
    });
  }
  if (from === undefined) return withPreset;
  const pin = parsePin(from);
  if (pin !== null) return { ...withPreset, pin };
  throw new InputError('INIT_ANSWER', `"${from}" names no commit of a copy of Gatehouse`, {
    hint: 'Write owner/name@ and the full commit id: a tag or a branch can be moved.',
  });
}

function readSealKey({ sealTo: text }: InitOptions): Pick<Answers, 'sealTo'> {
  if (text === undefined) return {};
  const key = parseSealKey(text);
  if (key !== null) return { sealTo: key.spki };
  throw new InputError('INIT_ANSWER', 'what --seal-to names is no public key', {
    hint: `Write ${sealKeyForm}.`,
  });
}

/** Tries for one answer; then it is better to look the word up. */
const mostTries = 3;

async function converse(
  { ask: start }: InitWorld,
  defaults: Answers,
  context: CommandContext,
): Promise<Answers> {
  const { ask, close } = start();
  if (ask === null) {
    throw new InputError('INIT_NOBODY', 'there are questions, and no terminal to answer them on', {
      hint: 'Take every default with: gatehouse init --yes. Look at them first with: gatehouse init --dry-run.',
    });
  }
  try {
    let answers = defaults;
    for (const question of questions) {
      for (let left = mostTries; ; left -= 1) {
        const text = (await ask(`${question.ask} [${question.shown(answers)}]: `)).trim();
        const next = text === '' ? answers : question.apply(answers, text);
        if (next !== null) {
          answers = next;
          break;
        }
        if (left === 1)
          throw new InputError('INIT_ANSWER', `"${text}" is no answer`, {
            hint: `Write ${question.allowed}.`,
          });
        context.complain(`  That is not possible here. Write ${question.allowed}.`);
      }
    }
    return answers;
  } finally {
    close();
  }
}

/** Contracts from data that is at hand; one that cannot be read is told and left out. */
async function inferAll(
  { open }: InitWorld,
  { datasets }: Found,
  root: string,
  context: CommandContext,
): Promise<ReadonlyMap<string, string>> {
  const ready = datasets.filter(({ atHand }) => atHand);
  const texts = new Map<string, string>();
  if (ready.length === 0) return texts;
  await withEngine(context, open, async (engine) => {
    for (const { name, files, local } of ready) {
      try {
        const profile = await profileFiles(engine, toDataFiles(root, local), 'find');
        texts.set(name, inferContract({ dataset: name, files, profile }));
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        context.complain(`gatehouse: ${name} is passed over: ${error.message}`);
      }
    }
  });
  return texts;
}

async function writeAll(root: string, { files }: Proposal): Promise<void> {
  for (const { path, text } of files) {
    const target = join(root, path);
    // Ignored by git and so not in the survey: it is somebody's file all the same.
    if ((await lstat(target).catch(() => null)) !== null) continue;
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text, { flag: 'wx' });
  }
}

function printFiles({ files }: Proposal, { print }: CommandContext): void {
  print(
    files
      .map(({ path, text }) => `----- ${path}\n${text}`)
      .join('\n')
      .trimEnd(),
  );
}

/** What `gatehouse check` says of the result: what is written here passes it, what was there may not. */
function report({ files, findings }: Proposal, { complain }: CommandContext): 0 | 1 {
  const wrong = findings.filter(({ severity }) => severity === 'fail');
  if (wrong.length > 0) complain(renderFindings(wrong).trimEnd());
  complain(
    `gatehouse: ${files.length === 0 ? 'nothing new to propose' : `${files.length} new files`}; gatehouse check: ${wrong.length === 0 ? 'pass' : `${wrong.length} to mend`}`,
  );
  return wrong.length === 0 ? 0 : 1;
}

const addDays = (now: string, days: number): string =>
  new Date(Date.parse(now) + days * 24 * 3600 * 1000).toISOString().slice(0, 10);
