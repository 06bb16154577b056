import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ownersFile } from '../generators/github/owners.ts';
import { planOf } from '../generators/github/plan.ts';
import { parseSettings } from '../generators/github/settings.ts';
import { formatProblem, ProblemsError } from '../generators/problems/problem.ts';
import { writeProgram } from './support/clones.ts';
import { slipway } from './support/command-line.ts';
import { removeRepository, writeRepository } from './support/repository.ts';
import { SAMPLE } from './support/sample.ts';
import { HOME } from './support/workflows.ts';

const text = readFileSync(`${HOME}.github/settings.yaml`, 'utf8');
const settings = parseSettings(text);

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) removeRepository(root);
});
const repository = (own = text) => {
  const root = writeRepository({ ...SAMPLE, '.github/settings.yaml': own });
  roots.push(root);
  return root;
};

/** Runs a plan with a `gh` that writes down what it is asked, and gives its calls. */
function callsOf(plan: string, knows = 'exit 0'): { call: string; body: unknown }[] {
  const root = repository();
  const log = join(root, 'calls');
  const gh = `#!/usr/bin/env bash
body=null
[[ " $* " != *" --input - "* ]] || body=$(cat)
[[ $body != null ]] || body='null'
printf '%s\\t%s\\n' "$*" "$(tr -d '\\n' <<< "$body")" >> '${log}'
case "$*" in *teams*) echo 42 ;; esac
${knows}
`;
  writeProgram(join(root, 'bin', 'gh'), gh);
  execFileSync('bash', [], { input: plan, env: { PATH: `${join(root, 'bin')}:${process.env['PATH']}` } });
  return readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const [call = '', body = ''] = line.split('\t');
      return { call, body: JSON.parse(body) };
    });
}

describe('the plan', () => {
  it('protects the branch, and makes environments with their reviewers', () => {
    const calls = callsOf(planOf(settings));
    const bodyOf = (part: string) => calls.find(({ call }) => call.includes(part))?.body;
    expect(bodyOf('PUT repos/acme/slipway/environments/production ')).toEqual({
      prevent_self_review: false,
      reviewers: [{ type: 'Team', id: 42 }],
      deployment_branch_policy: null,
    });
    expect(bodyOf('environments/production-sync --silent')).toMatchObject({
      deployment_branch_policy: { custom_branch_policies: true },
    });
    expect(calls.map(({ call }) => call)).toContain(
      'api --method POST repos/acme/slipway/environments/production-sync/deployment-branch-policies --silent -f name=main',
    );
    expect(bodyOf('--method POST repos/acme/slipway/rulesets ')).toMatchObject({
      conditions: { ref_name: { include: ['refs/heads/main'] } },
      bypass_actors: [],
      rules: expect.arrayContaining([
        expect.objectContaining({ parameters: expect.objectContaining({ require_code_owner_review: true }) }),
        expect.objectContaining({
          parameters: expect.objectContaining({
            required_status_checks: [
              { context: 'validate' },
              { context: 'review' },
              { context: 'production' },
            ],
          }),
        }),
      ]),
    });
    expect(bodyOf('permissions/workflow')).toMatchObject({ default_workflow_permissions: 'read' });
  });

  it('changes what is there already', () => {
    const calls = callsOf(
      planOf(settings),
      'case "$*" in "api repos/acme/slipway/rulesets --jq"*) echo 7 ;; esac',
    ).map(({ call }) => call);
    expect(calls).toContain('api --method PUT repos/acme/slipway/rulesets/7 --silent --input -');
    expect(calls.filter((call) => call.includes('--method POST repos/acme/slipway/labels'))).toEqual([]);
    expect(calls.filter((call) => call.includes('--method PATCH repos/acme/slipway/labels'))).toHaveLength(
      Object.keys(settings.labels).length,
    );
  });

  it('makes labels that are not there', () => {
    const calls = callsOf(planOf(settings), 'case "$*" in *PATCH*) exit 1 ;; esac').map(({ call }) => call);
    expect(calls.filter((call) => call.includes('--method POST repos/acme/slipway/labels'))).toHaveLength(
      Object.keys(settings.labels).length,
    );
  });

  it('lets the App through that pushes deployments', () => {
    const own = parseSettings(text.replace('  # app: 123456', '  app: 123456'));
    const ruleset = callsOf(planOf(own)).find(({ call }) =>
      call.includes('POST repos/acme/slipway/rulesets '),
    );
    expect(ruleset?.body).toMatchObject({
      bypass_actors: [{ actor_id: 123456, actor_type: 'Integration', bypass_mode: 'always' }],
    });
  });

  it('is what the command prints', async () => {
    const { status, stdout } = await slipway('github', 'plan', '--root', repository());
    expect([status, stdout]).toEqual([0, planOf(settings)]);
  });
});

describe('CODEOWNERS', () => {
  it('names the teams of the organisation, in the order of the settings', () => {
    expect(ownersFile(settings).split('\n').slice(1, 3)).toEqual([
      '* @acme/platform',
      '/environments/ @acme/developers',
    ]);
  });

  it('is written, and checked', async () => {
    const root = repository();
    const owners = (...args: string[]) => slipway('github', 'owners', ...args, '--root', root);
    expect(await owners('--check')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('out of date'),
    });
    expect(await owners()).toMatchObject({ status: 0 });
    expect(await owners('--check')).toMatchObject({ status: 0 });
    writeFileSync(join(root, '.github/CODEOWNERS'), '* @mallory\n');
    expect(await owners('--check')).toMatchObject({ status: 1 });
  });
});

describe('settings that are wrong', () => {
  const problems = (own: string): string[] => {
    try {
      parseSettings(own);
      return [];
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error;
      return error.problems.map(formatProblem);
    }
  };

  it.each([
    [
      'repository: acme/slipway',
      'repository: acme/$(id)',
      '.github/settings.yaml:4:13: repository: "acme/$(id)" is not allowed',
    ],
    [
      '  approvals: 1',
      '  approvals: 9',
      'protection.approvals: 9 is not allowed; expected a whole number from 0 to 6',
    ],
    ['[production]\n  # Syncs', '["a; rm -rf"]\n  # Syncs', 'environments.production.reviewers.0'],
    ['  promotion:\n', '  "x`id`":\n', '"x`id`" is not a name of letters'],
    [
      '    color: 0e8a16\n',
      '    colour: 0e8a16\n',
      'labels.promotion.colour: unknown key; did you mean "color"?',
    ],
    ['branch: main\n', '', 'branch: is missing'],
    ['description: Carries builds', "description: Carries 'builds", 'labels.promotion.description'],
  ])('%j → %j', (from, to, message) => {
    expect(text).toContain(from);
    expect(problems(text.replace(from, to)).join('\n')).toContain(message);
  });

  it('are told by the command', async () => {
    const ran = await slipway('github', 'plan', '--root', repository('repository: x\n'));
    expect(ran).toMatchObject({ status: 1, stdout: '' });
    expect(ran.stderr).toContain('.github/settings.yaml:1:13: repository');
    expect((await slipway('github', 'destroy')).status).toBe(2);
  });
});
