import { join } from 'node:path';
import type { Hub } from '../hub/hub.ts';
import { Checkout, type Edit } from './checkout.ts';

/** Somebody who uses GitHub: the browser's buttons, and a clone to push from. */
export class Person {
  readonly login: string;
  readonly hub: Hub;
  readonly token: string;
  private readonly email: string;
  private readonly folder: string;
  private readonly clones = new Map<string, Checkout>();

  constructor(hub: Hub, login: string, folder: string) {
    const account = hub.createUser(login, { email: `${login}@example.test` });
    this.hub = hub;
    this.login = login;
    this.token = account.token;
    this.email = account.email;
    this.folder = folder;
  }

  /** Commits an edit on a branch (made from `from` when new) and pushes it. @returns the commit */
  async push(
    repository: string,
    branch: string,
    message: string,
    edit: Edit,
    from: string | null = 'main',
  ): Promise<string> {
    const clone = await this.clone(repository);
    if (from !== null) await clone.branch(branch, from);
    const sha = await clone.commit(message, edit);
    await clone.push(branch);
    return sha;
  }

  async clone(repository: string): Promise<Checkout> {
    const known = this.clones.get(repository);
    if (known) return known;
    const folder = join(this.folder, this.login, repository.replace('/', '-'));
    const identity = { login: this.login, email: this.email, token: this.token };
    const clone = await Checkout.clone(`${this.hub.url}/${repository}.git`, folder, identity);
    this.clones.set(repository, clone);
    return clone;
  }

  async openPull(repository: string, head: string, title: string, base = 'main'): Promise<number> {
    const pull = await this.ask('POST', `/repos/${repository}/pulls`, { head, base, title, body: '' });
    return pull.number as number;
  }

  async review(
    repository: string,
    pull: number,
    event: 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT',
    body = '',
  ): Promise<void> {
    await this.ask('POST', `/repos/${repository}/pulls/${pull}/reviews`, { event, body });
  }

  async merge(
    repository: string,
    pull: number,
    method: 'merge' | 'squash' | 'rebase' = 'merge',
  ): Promise<void> {
    await this.ask('PUT', `/repos/${repository}/pulls/${pull}/merge`, { merge_method: method });
  }

  async close(repository: string, pull: number): Promise<void> {
    await this.ask('PATCH', `/repos/${repository}/pulls/${pull}`, { state: 'closed' });
  }

  async read(path: string): Promise<unknown> {
    return this.ask('GET', path);
  }

  /** @throws Error with GitHub's status and message */
  async ask(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const answer = await fetch(`${this.hub.apiUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok)
      throw new Error(`${this.login}: ${method} ${path} was answered ${answer.status}: ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  }
}
