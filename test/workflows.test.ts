import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ownersFile } from '../generators/github/owners.ts';
import { parseSettings } from '../generators/github/settings.ts';
import { RISK_LABELS } from '../generators/pipeline/review.ts';
import { actionlint } from './support/actionlint.ts';
import { schemaErrors } from './support/workflow-parser.ts';
import { RULES } from './support/workflow-rules.ts';
import { HOME, readWorkflows, type Workflow, workflowOf } from './support/workflows.ts';

const read = (path: string) => readFileSync(HOME + path, 'utf8');
const names = readWorkflows().map(({ file }) => file);

describe.each(names)('workflow %s', (file) => {
  const text = read(`.github/workflows/${file}.yml`);

  it('is what GitHub accepts', async () => {
    expect(await schemaErrors(file, text)).toEqual([]);
  });

  it('has nothing that actionlint finds', async () => {
    expect(await actionlint(text, `.github/workflows/${file}.yml`)).toEqual([]);
  });

  it.each(Object.entries(RULES))('%s', (_, rule) => {
    expect(rule(workflowOf(file, text))).toEqual([]);
  });
});

describe('what is wrong is found', () => {
  it('by the schema of GitHub', async () => {
    const errors = await schemaErrors(
      'x',
      read('.github/workflows/validate.yml').replace('timeout-minutes', 'time-out'),
    );
    expect(errors).toEqual([expect.stringContaining("Unexpected value 'time-out'")]);
  });

  it('by actionlint', async () => {
    const text = read('.github/workflows/validate.yml').replace(
      'needs.review.outputs.production',
      'needs.review.outputs.x',
    );
    expect(await actionlint(text, '.github/workflows/x.yml')).toEqual([
      expect.objectContaining({ message: expect.stringContaining('property "x" is not defined') }),
    ]);
  });

  const change =
    (edit: (workflow: Workflow) => void) =>
    (workflow: Workflow): Workflow => {
      edit(workflow);
      return workflow;
    };
  const replace = (from: string, to: string) => (workflow: Workflow) => {
    expect(workflow.text).toContain(from);
    return workflowOf(workflow.file, workflow.text.replace(from, to));
  };

  const BROKEN: [keyof typeof RULES, string, (workflow: Workflow) => Workflow][] = [
    [
      'actions are pinned by commit, with their version in a comment',
      'validate',
      replace(/@[0-9a-f]{40}/.exec(read('.github/workflows/validate.yml'))?.[0] ?? '', '@v6'),
    ],
    ['actions are pinned by commit, with their version in a comment', 'validate', replace(' # v6.0.2', '')],
    [
      'actions are pinned by commit, with their version in a comment',
      'validate',
      replace(' # v6.0.2', ' # main'),
    ],
    [
      'nothing is allowed unless a job says so',
      'validate',
      replace('permissions: {}\n\ndefaults', 'permissions: read-all\n\ndefaults'),
    ],
    [
      'nothing is allowed unless a job says so',
      'drift',
      replace('    permissions:\n      contents: read\n', ''),
    ],
    [
      'nothing is allowed unless a job says so',
      'drift',
      replace('    permissions: {}\n', '    permissions: write-all\n'),
    ],
    ['only known jobs may write', 'validate', replace('contents: read', 'contents: write')],
    [
      'only known jobs may write',
      'service',
      replace('packages: write\n', 'packages: write\n      actions: write\n'),
    ],
    [
      'no expression is in a script',
      'validate',
      replace('-- "$BASE" --format json', '-- "${{ github.head_ref }}" --format json'),
    ],
    ['no expression is in a script', 'rollback', replace('"$BRANCH"', '"${{ inputs.service }}"')],
    ['every variable of a script is given', 'validate', replace('          BASE: ', '          BASIS: ')],
    ['every variable of a script is given', 'rollback', replace('COMMIT: ', 'COMIT: ')],
    [
      'every variable that is given is used',
      'validate',
      replace('          BASE: ', '          BASIS: x\n          BASE: '),
    ],
    ['every job ends after a while', 'service', replace('    timeout-minutes: 30\n', '')],
    ['every job ends after a while', 'service', replace('timeout-minutes: 30', 'timeout-minutes: 360')],
    [
      'runs of one kind do not meet',
      'drift',
      replace('concurrency:\n  group: drift\n  cancel-in-progress: false\n', ''),
    ],
    ['runs of one kind do not meet', 'promote', change(({ jobs }) => delete jobs['sync']?.concurrency)],
    [
      'what waits for a human holds nobody up',
      'promote',
      replace(
        'permissions: {}\n\ndefaults',
        'concurrency: { group: change, cancel-in-progress: false }\npermissions: {}\n\ndefaults',
      ),
    ],
    [
      'only deliberate changes of a pull request start it',
      'validate',
      replace('  pull_request:\n', '  pull_request_target:\n'),
    ],
    [
      'credentials stay only where something is pushed',
      'validate',
      replace('persist-credentials: false', 'persist-credentials: true'),
    ],
    [
      'credentials stay only where something is pushed',
      'validate',
      replace('          persist-credentials: false\n', ''),
    ],
    [
      'credentials stay only where something is pushed',
      'promote',
      replace('persist-credentials: true', 'persist-credentials: false'),
    ],
    [
      'credentials stay only where something is pushed',
      'promote',
      replace('          token: ${{ steps.token.outputs.token }}\n', ''),
    ],
    ['scripts run in bash with pipefail', 'release', replace('    shell: bash\n', '    shell: sh\n')],
    [
      'scripts run in bash with pipefail',
      'release',
      replace('        run: npm run chart\n', '        shell: sh\n        run: npm run chart\n'),
    ],
    ['commands exist', 'validate', replace('npm run check\n', 'npm run chekc\n')],
    ['commands exist', 'validate', replace('pipeline -- review', 'pipeline -- reveiw')],
    [
      'packages run no scripts when they are installed',
      'validate',
      replace('npm ci --ignore-scripts', 'npm ci'),
    ],
    ['inputs are declared and used', 'service', replace('inputs.severity', 'inputs.severtiy')],
    [
      'inputs are declared and used',
      'rollback',
      replace('      merge:\n', '      fast:\n        description: x\n        type: boolean\n      merge:\n'),
    ],
    ['secrets are declared and used', 'service', replace('secrets.SLACK_WEBHOOK_URL', 'secrets.SLACK')],
    ['secrets are declared and used', 'drift', replace('secrets.ARGOCD_TOKEN', 'secrets.NOBODY_KNOWS')],
    ['variables are documented', 'drift', replace('vars.ARGOCD_SERVER', 'vars.NOBODY_KNOWS')],
    [
      'secrets reach single steps only',
      'drift',
      replace(
        '    timeout-minutes: 30\n',
        '    timeout-minutes: 30\n    env: { TOKEN: "${{ secrets.ARGOCD_TOKEN }}" }\n',
      ),
    ],
    [
      'outputs of steps exist',
      'promote',
      replace("steps.notes.outputs.services != '0'", "steps.notes.outputs.service != '0'"),
    ],
    ['outputs of steps exist', 'promote', replace('        id: notes\n', '')],
    [
      'outputs of jobs exist',
      'validate',
      replace('${{ steps.labels.outputs.production }}', '${{ steps.labels.outputs.productive }}'),
    ],
    [
      'outputs of jobs exist',
      'validate',
      replace('    outputs:\n      production: ${{ steps.labels.outputs.production }}\n', ''),
    ],
    ['outputs of jobs exist', 'service', replace('jobs.image.outputs.image', 'jobs.image.outputs.name')],
    ['outputs of jobs exist', 'rollback', replace('    needs: propose\n', '')],
    [
      'environments are in the settings',
      'promote',
      replace('environment: production-sync', 'environment: production-snyc'),
    ],
    [
      'environments are in the settings',
      'drift',
      replace('environment: [staging, production]', 'environment: [staging, prodction]'),
    ],
    ['the runner is named', 'release', replace('ubuntu-24.04', 'ubuntu-latest')],
    [
      'a failure is a failure',
      'validate',
      replace(
        '        run: npm run check\n',
        '        continue-on-error: true\n        run: npm run check\n',
      ),
    ],
    [
      'what may write restores no cache of packages',
      'promote',
      replace('node-version-file: .nvmrc\n', 'node-version-file: .nvmrc\n          cache: npm\n'),
    ],
    [
      'tokens of the App can do no more than they are asked for',
      'rollback',
      replace('          permission-contents: write\n          permission-pull-requests: write\n', ''),
    ],
  ];

  it.each(BROKEN)('%s (%s)', (rule, file, broken) => {
    const workflow = readWorkflows().find((candidate) => candidate.file === file);
    if (workflow === undefined) throw new Error(`no workflow ${file}`);
    expect(RULES[rule](broken(workflow))).not.toEqual([]);
  });

  it('for every rule', () => {
    expect([...new Set(BROKEN.map(([rule]) => rule))].sort()).toEqual(Object.keys(RULES).sort());
  });
});

describe('all workflows together', () => {
  const uses = readWorkflows().flatMap(({ text }) => [...text.matchAll(/uses: (\S+)@(\S+) # (\S+)/g)]);

  it('use one version of each action', () => {
    const versions = new Map<string, Set<string>>();
    for (const [, action = '', commit, version] of uses)
      versions.set(action, (versions.get(action) ?? new Set()).add(`${commit} ${version}`));
    expect([...versions].filter(([, found]) => found.size > 1)).toEqual([]);
    expect(versions.size).toBeGreaterThan(8);
  });

  const settings = parseSettings(read('.github/settings.yaml'));

  it('have the checks that a merge needs, on every pull request', () => {
    const validate = readWorkflows().find(({ file }) => file === 'validate');
    expect(validate?.on['pull_request']).not.toHaveProperty('paths');
    expect(validate?.on['pull_request']?.types).toEqual(
      expect.arrayContaining(['labeled', 'unlabeled', 'synchronize']),
    );
    for (const check of settings.protection.checks) expect(validate?.jobs).toHaveProperty(check);
  });

  it('ask for labels that exist', () => {
    for (const label of [...Object.values(RISK_LABELS), ...labelsOf()])
      expect(settings.labels).toHaveProperty([label]);
  });

  const labelsOf = () =>
    readWorkflows().flatMap(({ text }) => [...text.matchAll(/--label (\w+)/g)].map(([, name]) => name ?? ''));

  it('are owned', () => {
    expect(read('.github/CODEOWNERS')).toBe(ownersFile(settings));
    expect(settings.owners).toHaveProperty(['/.github/']);
  });

  it('compare the environments that there are', () => {
    const matrix = readWorkflows().find(({ file }) => file === 'drift')?.jobs['live']?.strategy?.matrix;
    expect(matrix).toEqual({ environment: ['staging', 'production'] });
  });
});
