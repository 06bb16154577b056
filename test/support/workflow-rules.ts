/** What every workflow must keep to, as functions that name what breaks it. */

import { readFileSync } from 'node:fs';
import { parseSettings } from '../../generators/github/settings.ts';
import { HOME, type Job, needsOf, type Step, textsOf, type Workflow } from './workflows.ts';

type Rule = (workflow: Workflow) => string[];

const read = (path: string) => readFileSync(HOME + path, 'utf8');
const settings = parseSettings(read('.github/settings.yaml'));
const commands: Record<string, string> = JSON.parse(read('package.json')).scripts;
const pipelineSteps = [...read('scripts/pipeline.ts').matchAll(/import\('\.\/pipeline\/(.*)\.ts'\)/g)].map(
  ([, name]) => name ?? '',
);

/** The environments of GitHub that a job may run in: one of them may be named by the matrix. */
function environmentsOf({ environment, strategy }: Job): string[] {
  if (environment === undefined) return [];
  const [expression = '', key = ''] = /\$\{\{ matrix\.(\w+) \}\}/.exec(environment) ?? [];
  if (expression === '') return [environment];
  const values = strategy?.matrix[key] ?? [''];
  return values.map((value) => environment.replace(expression, String(value)));
}

const jobsOf = (workflow: Workflow): [string, Job][] => Object.entries(workflow.jobs);
const stepsOf = (workflow: Workflow): { where: string; job: Job; step: Step; index: number }[] =>
  jobsOf(workflow).flatMap(([name, job]) =>
    job.steps.map((step, index) => ({ where: `${name}[${index}]`, job, step, index })),
  );
/** What each step does not keep to. */
const eachStep =
  (wrong: (step: Step, job: Job) => boolean): Rule =>
  (workflow) =>
    stepsOf(workflow).flatMap(({ where, step, job }) => (wrong(step, job) ? [where] : []));
const eachJob =
  (wrong: (job: Job, name: string, workflow: Workflow) => boolean): Rule =>
  (workflow) =>
    jobsOf(workflow).flatMap(([name, job]) => (wrong(job, name, workflow) ? [name] : []));

const runs = (step: Step) => step.run ?? '';
const isAction = (step: Step, name: string) => step.uses?.startsWith(`${name}@`) === true;
const isWriting = ({ permissions }: Job) =>
  typeof permissions === 'object' && Object.values(permissions).includes('write');
/** Steps that push to a repository with the credentials that the checkout left. */
const PUSHES = /npm run pipeline -- (deploy|propose|land)\b/;
const mayPush = (job: Job) => job.steps.some((step) => PUSHES.test(runs(step)));

/** All that may write, and what. Whoever needs more has to say so here. */
const WRITES: Readonly<Record<string, readonly string[]>> = {
  'validate/comment': ['pull-requests'],
  'service/image': ['packages', 'id-token'],
  'release/chart': ['packages', 'id-token'],
  'release/announce': ['contents'],
};

/** Outputs of the actions that are read. */
const ACTION_OUTPUTS: Readonly<Record<string, readonly string[]>> = {
  'actions/create-github-app-token': ['token'],
  'docker/build-push-action': ['digest'],
};

/** References such as `inputs.name` in all expressions of a value. */
const references = (value: unknown, pattern: RegExp): RegExpExecArray[] =>
  textsOf(value).flatMap((text) =>
    [...text.matchAll(/\$\{\{(.*?)\}\}/gs)].flatMap(([, inner = '']) => [...inner.matchAll(pattern)]),
  );
const namesIn = (value: unknown, context: string): string[] =>
  references(value, new RegExp(`(?<![\\w.])${context}\\.([\\w-]+)`, 'g')).map(([, name]) => name ?? '');

const declared = (workflow: Workflow, kind: 'inputs' | 'secrets' | 'outputs'): string[] =>
  Object.values(workflow.on).flatMap((trigger) => Object.keys(trigger?.[kind] ?? {}));

/** Symmetric: what is used must be declared, and what is declared must be used. */
const both = (used: readonly string[], known: readonly string[], what: string): string[] => [
  ...[...new Set(used)]
    .filter((name) => !known.includes(name))
    .map((name) => `${what} ${name} is not declared`),
  ...known.filter((name) => !used.includes(name)).map((name) => `${what} ${name} is not used`),
];

/** Outputs that a step sets. */
function outputsOf(step: Step): string[] {
  const [action = ''] = (step.uses ?? '').split('@');
  const written = [...runs(step).matchAll(/echo "(\w+)=.*" >> "\$GITHUB_OUTPUT"/g)].map(
    ([, name]) => name ?? '',
  );
  const called = [...runs(step).matchAll(/pipeline -- ([\w-]+)/g)].flatMap(([, name]) =>
    [...read(`scripts/pipeline/${name}.ts`).matchAll(/setOutput\('(\w+)'/g)].map(
      ([, output]) => output ?? '',
    ),
  );
  return [...(ACTION_OUTPUTS[action] ?? []), ...written, ...called];
}

/** Variables that bash, GitHub or the runner set. */
const GIVEN = /^(GITHUB_\w+|RUNNER_\w+|BASH_\w+|IFS|PATH|HOME)$/;

function variablesNotSet(step: Step): string[] {
  const text = runs(step).replaceAll(/'[^']*'/g, '');
  const used = [...text.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, name]) => name ?? '');
  const own = [...text.matchAll(/(?:^|[\s;])(?:for )?([a-z_]\w*)(?:\+?=| in )/gm)].map(
    ([, name]) => name ?? '',
  );
  return [...new Set(used)].filter(
    (name) => !GIVEN.test(name) && !own.includes(name) && step.env?.[name] === undefined,
  );
}

const RULES_BY_NAME = {
  'actions are pinned by commit, with their version in a comment': (workflow) =>
    workflow.text
      .split('\n')
      .filter((line) => /^\s*(- )?uses:/.test(line))
      .filter((line) => !/uses: [\w.-]+(\/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line)),

  'nothing is allowed unless a job says so': (workflow) => [
    ...(JSON.stringify(workflow.permissions) === '{}' ? [] : ['permissions']),
    ...eachJob(({ permissions }) => typeof permissions !== 'object')(workflow),
  ],

  'only known jobs may write': eachJob(({ permissions }, name, { file }) => {
    const writes = Object.entries(permissions ?? {}).flatMap(([scope, level]) =>
      level === 'read' ? [] : [scope],
    );
    return writes.join() !== (WRITES[`${file}/${name}`] ?? []).join();
  }),

  'no expression is in a script': eachStep((step) => runs(step).includes('${{')),

  'every variable of a script is given': (workflow) =>
    stepsOf(workflow).flatMap(({ where, step }) => variablesNotSet(step).map((name) => `${where}: ${name}`)),

  'every variable that is given is used': (workflow) =>
    stepsOf(workflow).flatMap(({ where, step }) =>
      Object.keys(step.env ?? {})
        .filter((name) => !runs(step).includes(name) && !isReadElsewhere(name, step))
        .map((name) => `${where}: ${name}`),
    ),

  'every job ends after a while': eachJob(
    (job) => !(job['timeout-minutes'] !== undefined && job['timeout-minutes'] <= 60),
  ),

  'runs of one kind do not meet': ({ concurrency, jobs }) =>
    Object.entries(jobs).flatMap(([name, job]) => {
      const own = job.concurrency ?? concurrency;
      return own?.group && typeof own['cancel-in-progress'] === 'boolean' ? [] : [name];
    }),

  'what waits for a human holds nobody up': ({ concurrency, jobs, file }) =>
    Object.entries(jobs).flatMap(([name, { environment }]) =>
      environment === 'production-sync' && concurrency !== undefined ? [`${file}/${name}`] : [],
    ),

  'only deliberate changes of a pull request start it': ({ on }) =>
    Object.keys(on).filter((event) =>
      ['pull_request_target', 'workflow_run', 'issue_comment'].includes(event),
    ),

  'credentials stay only where something is pushed': eachStep((step, job) => {
    if (!isAction(step, 'actions/checkout')) return false;
    const keeps = step.with?.['persist-credentials'];
    return keeps !== mayPush(job) || (keeps === true && typeof step.with?.['token'] !== 'string');
  }),

  'scripts run in bash with pipefail': (workflow) => [
    ...(workflow.defaults?.run?.shell === 'bash' ? [] : ['defaults']),
    ...eachStep(({ shell }) => shell !== undefined)(workflow),
  ],

  'commands exist': (workflow) =>
    stepsOf(workflow).flatMap(({ step }) => [
      ...[...runs(step).matchAll(/npm run (?:--silent )?([\w:-]+)/g)]
        .map(([, name]) => name ?? '')
        .filter((name) => commands[name] === undefined),
      ...[...runs(step).matchAll(/npm run (?:--silent )?pipeline -- ([\w-]+)/g)]
        .map(([, name]) => name ?? '')
        .filter((name) => !pipelineSteps.includes(name)),
    ]),

  'packages run no scripts when they are installed': eachStep((step) =>
    /npm (ci|install|i)\b(?! --ignore-scripts)/.test(runs(step)),
  ),

  'inputs are declared and used': (workflow) =>
    both(
      namesIn([workflow.jobs, workflow.concurrency], 'inputs'),
      [...new Set(declared(workflow, 'inputs'))],
      'input',
    ),

  'secrets are declared and used': (workflow) => {
    const used = namesIn(workflow.jobs, 'secrets');
    if ('workflow_call' in workflow.on) return both(used, declared(workflow, 'secrets'), 'secret');
    return used.filter((name) => !read('docs/pipelines.md').includes(`\`${name}\``));
  },

  'variables are documented': (workflow) =>
    namesIn(workflow.jobs, 'vars').filter((name) => !read('docs/pipelines.md').includes(`\`${name}\``)),

  'secrets reach single steps only': (workflow) =>
    jobsOf(workflow).flatMap(([name, { steps: _, ...job }]) =>
      namesIn(job, 'secrets').length > 0 ? [name] : [],
    ),

  'outputs of steps exist': (workflow) =>
    stepsOf(workflow).flatMap(({ where, job, step, index }) =>
      stepOutputsIn(step)
        .filter(([id, output]) => !job.steps.slice(0, index).some((earlier) => sets(earlier, id, output)))
        .map((name) => `${where}: ${name.join('.')}`),
    ),

  'outputs of jobs exist': (workflow) => [
    ...jobsOf(workflow).flatMap(([name, job]) => [
      ...stepOutputsIn(job.outputs)
        .filter(([id, output]) => !job.steps.some((step) => sets(step, id, output)))
        .map((output) => `${name}: ${output.join('.')}`),
      ...references(job, /needs\.([\w-]+)\.outputs\.([\w-]+)/g)
        .filter(
          ([, other = '', output = '']) =>
            !needsOf(job).includes(other) || !hasOutput(workflow, other, output),
        )
        .map(([text]) => `${name}: ${text}`),
    ]),
    ...references(workflow.on, /jobs\.([\w-]+)\.outputs\.([\w-]+)/g)
      .filter(([, job = '', output = '']) => !hasOutput(workflow, job, output))
      .map(([text]) => text),
  ],

  'environments are in the settings': eachJob((job) =>
    environmentsOf(job).some((environment) => settings.environments[environment] === undefined),
  ),

  'the runner is named': eachJob((job) => job['runs-on'] !== 'ubuntu-24.04'),

  'a failure is a failure': eachStep((step) => step['continue-on-error'] !== undefined),

  'what may write restores no cache of packages': eachStep(
    (step, job) =>
      isAction(step, 'actions/setup-node') &&
      step.with?.['cache'] !== undefined &&
      (isWriting(job) || mayPush(job) || job.environment !== undefined),
  ),

  'tokens of the App can do no more than they are asked for': eachStep(
    (step) =>
      isAction(step, 'actions/create-github-app-token') &&
      !Object.keys(step.with ?? {}).some((name) => name.startsWith('permission-')),
  ),
} satisfies Record<string, Rule>;

/** Every rule by its name. */
export const RULES: Readonly<Record<keyof typeof RULES_BY_NAME, Rule>> = RULES_BY_NAME;

const stepOutputsIn = (value: unknown): [id: string, output: string][] =>
  references(value, /steps\.([\w-]+)\.outputs\.([\w-]+)/g).map(([, id = '', output = '']) => [id, output]);

const sets = (step: Step, id: string, output: string): boolean =>
  step.id === id && outputsOf(step).includes(output);

const hasOutput = (workflow: Workflow, job: string, output: string): boolean =>
  workflow.jobs[job]?.outputs?.[output] !== undefined;

const scriptTexts = ['argocd', 'comment', 'deploy', 'notes', 'notify', 'propose', 'review']
  .map((name) => read(`scripts/pipeline/${name}.ts`))
  .concat(read('generators/github/api.ts'));

/** True for a variable that a program reads by itself, or the command of a caller may. */
const isReadElsewhere = (name: string, step: Step): boolean =>
  step.uses !== undefined ||
  runs(step).includes('-c "$COMMAND"') ||
  /^(GIT_|GH_|ARGOCD_)/.test(name) ||
  scriptTexts.some((text) => text.includes(`['${name}']`) || text.includes(`${name}:`));
