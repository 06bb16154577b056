/**
 * Runs the jobs of a workflow on this machine: the shell steps for real, in order, as GitHub's runner starts them, and
 * expressions by GitHub's own evaluator. Actions (`uses:`) are replaced by fakes that the test declares; one that is
 * not declared is an error.
 *
 * What it does not cover: the actions themselves, triggers and their filters, permissions and tokens, approvals,
 * concurrency groups, timeouts, matrices, reusable workflows' own passing of inputs, and what ubuntu-24.04 has
 * installed. These are for the rules in workflow-rules.ts, for actionlint, and for a first run on GitHub.
 */

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import type { Job, Step, Workflow } from './workflows.ts';

/** What stands for an action: it gets its `with`, and may give outputs. */
export type Fake = (
  inputs: Record<string, string>,
  place: { workspace: string; temp: string },
) => Record<string, string> | undefined;

/** Everything around a run. */
export interface World {
  /** Contexts of expressions: github, inputs, vars, secrets, needs. */
  contexts: Record<string, unknown>;
  /** By the name of the action, without version. */
  fakes: Record<string, Fake>;
  /** Variables for all steps, such as PATH. */
  env: Record<string, string>;
}

/** What became of a job. */
export interface JobRun {
  result: 'success' | 'failure' | 'skipped';
  outputs: Record<string, string>;
  /** Name of each step that was started, and how it ended. */
  steps: { name: string; status: number; output: string }[];
  /** What the page of the run shows. */
  summary: string;
  workspace: string;
}

const folders: string[] = [];

/** Removes what runs have left. */
export function removeRuns(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Runs one job. */
export async function runJob(workflow: Workflow, name: string, world: World): Promise<JobRun> {
  const job = workflow.jobs[name];
  if (job === undefined) throw new Error(`no job ${name}`);
  return new Run(job, workflow, world).run();
}

class Run {
  readonly #job: Job;
  readonly #shell: string;
  readonly #world: World;
  readonly #workspace: string;
  readonly #temp: string;
  readonly #steps: Record<string, { outputs: Record<string, string>; outcome: string }> = {};
  readonly #done: JobRun['steps'] = [];
  #summary = '';
  #hasFailed = false;

  constructor(job: Job, { defaults }: Workflow, world: World) {
    const folder = mkdtempSync(join(tmpdir(), 'slipway-run-'));
    folders.push(folder);
    this.#job = job;
    this.#shell = defaults.run.shell;
    this.#world = world;
    this.#workspace = join(folder, 'workspace');
    this.#temp = join(folder, 'temp');
    for (const path of [this.#workspace, this.#temp]) mkdirSync(path);
  }

  async run(): Promise<JobRun> {
    if (!this.#holds(this.#job.if, {})) return this.#report('skipped');
    for (const step of this.#job.steps) {
      const env = this.#filled(step.env ?? {}, {});
      if (this.#holds(step.if, env)) await this.#start(step, env);
    }
    return this.#report(this.#hasFailed ? 'failure' : 'success');
  }

  #report(result: JobRun['result']): JobRun {
    const outputs = this.#filled(this.#job.outputs ?? {}, {});
    return { result, outputs, steps: this.#done, summary: this.#summary, workspace: this.#workspace };
  }

  async #start(step: Step, env: Record<string, string>): Promise<void> {
    const name = step.name ?? step.uses ?? step.run ?? '';
    const { status, output, outputs } =
      step.uses === undefined ? await this.#shellStep(step, env) : this.#action(step);
    this.#done.push({ name, status, output });
    if (status !== 0) this.#hasFailed = true;
    if (step.id !== undefined)
      this.#steps[step.id] = { outputs, outcome: status === 0 ? 'success' : 'failure' };
  }

  #action(step: Step) {
    const [action = ''] = (step.uses ?? '').split('@');
    const fake = this.#world.fakes[action];
    if (fake === undefined) throw new Error(`no fake for ${action}`);
    const inputs = Object.fromEntries(
      Object.entries(step.with ?? {}).map(([key, value]) => [key, String(value)]),
    );
    const outputs = fake(this.#filled(inputs, {}), { workspace: this.#workspace, temp: this.#temp }) ?? {};
    return { status: 0, output: '', outputs };
  }

  /** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#defaultsrunshell */
  async #shellStep(step: Step, env: Record<string, string>) {
    if (this.#shell !== 'bash') throw new Error(`shell ${this.#shell}`);
    const [script, output, summary] = ['step.sh', 'output', 'summary'].map((file) => join(this.#temp, file));
    if (script === undefined || output === undefined || summary === undefined) throw new Error('three files');
    writeFileSync(script, step.run ?? '');
    for (const file of [output, summary]) writeFileSync(file, '');
    const ran = await ended('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
      cwd: join(this.#workspace, this.#text(step['working-directory'] ?? '.', env)),
      env: {
        ...this.#world.env,
        GITHUB_ACTIONS: 'true',
        CI: 'true',
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        RUNNER_TEMP: this.#temp,
        ...env,
      },
    });
    this.#summary += readFileSync(summary, 'utf8');
    return { ...ran, outputs: readOutputs(output) };
  }

  /** A condition without a status function also asks that nothing has failed. */
  #holds(condition: string | undefined, env: Record<string, string>): boolean {
    const text = (condition ?? 'success()').replace(/^\$\{\{(.*)\}\}$/s, '$1');
    const isAsked = /\b(success|failure|always|cancelled)\(\)/.test(text);
    return truthy(this.#evaluate(isAsked ? text : `success() && (${text})`, env));
  }

  #filled(texts: Record<string, string>, env: Record<string, string>): Record<string, string> {
    return Object.fromEntries(
      Object.entries(texts).map(([key, text]) => [key, this.#text(String(text), env)]),
    );
  }

  #text(text: string, env: Record<string, string>): string {
    return text.replaceAll(/\$\{\{(.*?)\}\}/gs, (_, inner: string) =>
      this.#evaluate(inner, env).coerceString(),
    );
  }

  #evaluate(expression: string, env: Record<string, string>) {
    const contexts: Record<string, unknown> = {
      github: {},
      inputs: {},
      vars: {},
      secrets: {},
      needs: {},
      ...this.#world.contexts,
      env,
      steps: this.#steps,
      runner: { temp: this.#temp },
    };
    const needs = Object.values(contexts['needs'] as Record<string, { result?: string }>);
    const failed = this.#hasFailed || needs.some(({ result }) => result === 'failure');
    const status: Record<string, boolean> = {
      success: !failed,
      failure: failed,
      always: true,
      cancelled: false,
    };
    const functions = new Map(
      Object.entries(status).map(([name, value]) => [
        name,
        { name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(value) },
      ]),
    );
    const { tokens } = new Lexer(expression).lex();
    const tree = new Parser(tokens, Object.keys(contexts), [...functions.values()]).parse();
    return new Evaluator(tree, dictionary(contexts), functions).evaluate();
  }
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#operators */
function truthy(value: data.ExpressionData): boolean {
  if (value.kind === data.Kind.Null) return false;
  if (value.kind === data.Kind.Boolean) return value.coerceString() === 'true';
  if (value.kind === data.Kind.Number) return value.number() !== 0;
  return value.coerceString() !== '';
}

const dictionary = (values: Record<string, unknown>): data.Dictionary =>
  new data.Dictionary(...Object.entries(values).map(([key, value]) => ({ key, value: asData(value) })));

function asData(value: unknown): data.ExpressionData {
  if (typeof value === 'string') return new data.StringData(value);
  if (typeof value === 'number') return new data.NumberData(value);
  if (typeof value === 'boolean') return new data.BooleanData(value);
  if (Array.isArray(value)) return new data.Array(...value.map(asData));
  if (typeof value === 'object' && value !== null) return dictionary(value as Record<string, unknown>);
  return new data.Null();
}

const readOutputs = (file: string): Record<string, string> =>
  Object.fromEntries(
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.includes('='))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );

/** Starts a program and waits for its end, while servers of this process go on answering. */
function ended(program: string, args: string[], options: { cwd: string; env: Record<string, string> }) {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  return new Promise<{ status: number; output: string }>((done, fail) => {
    child.once('error', fail);
    child.once('close', (status) => done({ status: status ?? 1, output }));
  });
}
