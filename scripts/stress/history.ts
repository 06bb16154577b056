import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from '../../generators/generate/generate.ts';
import { GitError, gitEnvironment } from '../../generators/git/run.ts';
import { ProblemsError } from '../../generators/problems/problem.ts';
import { Refusal } from '../../generators/problems/refusal.ts';
import { benchInputs } from '../bench/repository.ts';
import { writeInputs } from './disk.ts';
import { changeSomething, SERVICES } from './edits.ts';
import { type Random, randomFrom } from './world.ts';

/** What a random history has shown. */
export interface HistoryReport {
  /** Commits that were made, merges among them, and reverted. */
  commits: number;
  merges: number;
  /** Whatever was not as it must be. */
  failures: string[];
}

/** Whoever makes the commits; nothing of the user's own configuration takes part. */
const GIT_VARIABLES = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Somebody',
  GIT_AUTHOR_EMAIL: 'somebody@example.com',
  GIT_COMMITTER_NAME: 'Somebody',
  GIT_COMMITTER_EMAIL: 'somebody@example.com',
};

/**
 * Makes a repository with a random history of edits, bumps, promotions, new and removed services and merges, and
 * reverts each commit: afterwards nothing is to be generated, and all output must be byte for byte that of the parent.
 *
 * @param seed decides what happens.
 * @param length how many changes are tried; those that are refused make no commit.
 */
export async function tryHistory(seed: number, length: number): Promise<HistoryReport> {
  const root = mkdtempSync(join(tmpdir(), 'slipway-history-'));
  try {
    const history = new History(root, randomFrom(seed));
    history.begin();
    for (let step = 0; step < length; step++) await history.change();
    return history.report;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

class History {
  readonly report: HistoryReport = { commits: 0, merges: 0, failures: [] };
  readonly #root: string;
  readonly #random: Random;

  constructor(root: string, random: Random) {
    this.#root = root;
    this.#random = random;
  }

  begin(): void {
    writeInputs(this.#root, benchInputs(SERVICES), new Map());
    generate(this.#root, false);
    this.#git('init', '--quiet', '--initial-branch=main');
    this.#commit('first');
  }

  /** One change on main, or two that are merged. */
  async change(): Promise<void> {
    if (this.#random() < 0.2) await this.#merge();
    else if (await this.#edit()) this.#commitAndRevert();
  }

  async #merge(): Promise<void> {
    this.#git('switch', '--quiet', '--create', 'side');
    const onSide = await this.#edit();
    if (onSide) this.#commit('on the side');
    this.#git('switch', '--quiet', 'main');
    if (onSide && (await this.#edit())) this.#commitAndRevert();
    if (onSide && this.#merged()) this.#revert('--mainline', '1');
    this.#git('branch', '--quiet', '--delete', '--force', 'side');
  }

  /** Merges; a conflict is nothing to mend here, and neither is output that two edits together make stale. */
  #merged(): boolean {
    try {
      this.#git('merge', '--quiet', '--no-ff', '--no-edit', 'side');
    } catch {
      this.#git('merge', '--abort');
      return false;
    }
    this.report.merges++;
    // Where both sides had made the same change, the merge itself brings none that could be reverted.
    if (this.#git('diff', '--name-only', 'HEAD^', 'HEAD') === '') return false;
    if (!this.#isStale()) return true;
    this.#git('reset', '--quiet', '--hard', 'HEAD~1');
    return false;
  }

  #isStale(): boolean {
    try {
      const { created, updated, removed } = generate(this.#root, true);
      return created.length + updated.length + removed.length > 0;
    } catch (error) {
      if (error instanceof ProblemsError) return true;
      throw error;
    }
  }

  /** Tries one random change; false when it is refused or changes nothing. */
  async #edit(): Promise<boolean> {
    try {
      await changeSomething(this.#root, this.#random);
    } catch (error) {
      const isRefusal = error instanceof ProblemsError || error instanceof Refusal;
      if (!isRefusal || error instanceof GitError) throw error;
      this.#git('reset', '--quiet', '--hard');
      this.#git('clean', '--quiet', '-d', '--force');
    }
    return this.#git('status', '--porcelain') !== '';
  }

  #commitAndRevert(): void {
    this.#commit('a change');
    this.#revert();
  }

  #commit(message: string): void {
    this.#git('add', '--all');
    this.#git('commit', '--quiet', '--no-verify', `--message=${message}`);
  }

  /** Reverts HEAD, looks at what came of it, and goes back to HEAD. */
  #revert(...how: string[]): void {
    this.report.commits++;
    this.#git('revert', '--no-edit', ...how, 'HEAD');
    if (this.#isStale()) this.report.failures.push(this.#told('the reverted state is not generated'));
    const different = this.#git('diff', '--name-only', 'HEAD~1^', 'HEAD').trim();
    if (different !== '') this.report.failures.push(this.#told(`not as the parent had it: ${different}`));
    this.#git('reset', '--quiet', '--hard', 'HEAD~1');
  }

  #told = (what: string): string => `${what}\n${this.#git('show', '--stat', 'HEAD~1')}`;

  #git(...args: string[]): string {
    return execFileSync('git', ['-c', 'core.fsync=none', ...args], {
      cwd: this.#root,
      env: { ...gitEnvironment(process.env), ...GIT_VARIABLES },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}
