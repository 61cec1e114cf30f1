import type { Edit } from '../checkout.ts';
import type { CommandResult } from '../command.ts';
import { headlineOf, type PullView, plain, viewPull } from '../github-view.ts';
import type { Narrator } from '../narrator.ts';
import { flights, type Login, type World } from '../world.ts';

/** Everything that a step of the story needs: the world, somebody who tells, and the pull requests so far. */
export interface Stage {
  readonly world: World;
  readonly tell: Narrator;
  /** Pull request number by the name that the story gives it. */
  readonly pulls: Map<string, number>;
  /** What `gatehouse verify` said, by the name that the story gives the moment. */
  readonly verifications: Map<string, CommandResult>;
  /** What each pull request showed, look by look. */
  readonly seen: Map<string, PullView[]>;
  /** Called after each step, for what a demo leaves on disk. */
  readonly afterStep: (stage: Stage) => Promise<void>;
}

export interface Opening {
  readonly name: string;
  readonly by: Login;
  readonly title: string;
  readonly edit: Edit;
  readonly base?: string;
}

/** Somebody pushes a branch and opens a pull request; everything that follows from it has happened on return. */
export async function openPull(stage: Stage, opening: Opening): Promise<PullView> {
  await announce(stage, opening);
  return look(stage, opening.name);
}

/** The same without waiting for what follows: several pull requests at once, as on any working day. */
export async function announce(stage: Stage, opening: Opening): Promise<void> {
  const { world, pulls } = stage;
  const person = world.people[opening.by];
  const base = opening.base ?? 'main';
  await person.push(flights, opening.name, opening.title, opening.edit, base);
  const number = await person.openPull(flights, opening.name, opening.title, base);
  pulls.set(opening.name, number);
  stage.tell.say(`${opening.by} opens #${number}: ${opening.title}`);
}

/** Another commit on the branch of a pull request. */
export async function pushMore(
  stage: Stage,
  name: string,
  by: Login,
  title: string,
  edit: Edit,
): Promise<PullView> {
  later(stage);
  await stage.world.people[by].push(flights, name, title, edit, name);
  stage.tell.say(`${by} pushes to #${numberOf(stage, name)}: ${title}`);
  return look(stage, name);
}

/** A review by GitHub's button, some minutes later. */
export async function review(
  stage: Stage,
  name: string,
  by: Login,
  event: 'APPROVE' | 'REQUEST_CHANGES' = 'APPROVE',
): Promise<PullView> {
  later(stage);
  await stage.world.people[by].review(flights, numberOf(stage, name), event);
  stage.tell.say(
    `${by} ${event === 'APPROVE' ? 'approves' : 'asks for changes on'} #${numberOf(stage, name)}`,
  );
  return look(stage, name);
}

export async function merge(stage: Stage, name: string, by: Login): Promise<PullView> {
  later(stage);
  await stage.world.people[by].merge(flights, numberOf(stage, name));
  stage.tell.say(`${by} merges #${numberOf(stage, name)}`);
  return look(stage, name);
}

export async function close(stage: Stage, name: string, by: Login): Promise<void> {
  await stage.world.people[by].close(flights, numberOf(stage, name));
  await stage.world.settle();
}

/** Waits until everything is quiet and says what the pull request shows now. */
export async function look(stage: Stage, name: string): Promise<PullView> {
  await stage.world.settle();
  const view = viewPull(stage.world, numberOf(stage, name));
  stage.seen.set(name, [...(stage.seen.get(name) ?? []), view]);
  stage.tell.say(`  #${view.number} says: ${headlineOf(view)}`);
  return view;
}

/** Tells rows of the tables in the comment that a person would read next. */
export function tellRows(stage: Stage, view: PullView, which: RegExp): void {
  for (const line of view.comment.split('\n')) {
    if (!line.startsWith('| ') || !which.test(line)) continue;
    const cells = plain(line)
      .split('|')
      .map((text) => text.trim());
    stage.tell.say(`      ${cells.filter((text) => text !== '' && text !== '–').join('; ')}`);
  }
}

export function numberOf(stage: Stage, name: string): number {
  const number = stage.pulls.get(name);
  if (number === undefined) throw new Error(`The story has no pull request "${name}" yet.`);
  return number;
}

/** Nobody reviews within the second in which the evidence appears, and GitHub's clock counts seconds. */
function later(stage: Stage): void {
  stage.world.hub.clock.advance(90);
}
