import type { Settings } from './settings.ts';

// The calls by which GitHub becomes what the settings say, as a script for bash. Names have forms in which a shell and
// JSON see nothing but a word (settings.ts), so nothing has to be escaped.

/** Name by which the ruleset is found again. */
const RULESET = 'slipway';

/**
 * A script that can be run again and again: what is there is changed, what is not is made. Nothing is deleted.
 *
 * @param settings checked ones.
 */
export function planOf(settings: Settings): string {
  const { repository, environments, labels } = settings;
  return [
    '#!/usr/bin/env bash',
    `# Brings ${repository} on GitHub to what .github/settings.yaml says. Read it, then: npm run --silent github -- plan | bash`,
    '# It needs the GitHub CLI, logged in as somebody who administers the repository.',
    'set -euo pipefail',
    '',
    '# Tokens of workflows can read, and no more, unless a job asks for it; actions are named by commit.',
    call('PUT', `repos/${repository}/actions/permissions/workflow`, {
      default_workflow_permissions: 'read',
      can_approve_pull_request_reviews: false,
    }),
    call('PUT', `repos/${repository}/actions/permissions`, {
      enabled: true,
      allowed_actions: 'all',
      sha_pinning_required: true,
    }),
    '',
    '# Teams have numbers in what follows.',
    ...teamsOf(settings).map(
      (team) => `${variable(team)}=$(gh api "orgs/${repository.split('/')[0]}/teams/${team}" --jq .id)`,
    ),
    ...Object.entries(environments).flatMap(([name, environment]) => [
      '',
      ...environmentCalls(repository, name, environment),
    ]),
    '',
    ...Object.entries(labels).flatMap(([name, label]) => labelCalls(repository, name, label)),
    '',
    ...rulesetCalls(settings),
    '',
  ].join('\n');
}

type Environment = Settings['environments'][string];

const teamsOf = ({ environments }: Settings): string[] => [
  ...new Set(Object.values(environments).flatMap(({ reviewers = [] }) => reviewers)),
];

const variable = (team: string): string => `team_${team.replaceAll('-', '_')}`;

/** One call; texts that are `$name` stand for the number in that variable of the script. */
function call(method: string, path: string, body: unknown): string {
  const json = JSON.stringify(body, undefined, 2).replaceAll(/"(\$\w+)"/g, '$1');
  return [`gh api --method ${method} "${path}" --silent --input - <<JSON`, json, 'JSON'].join('\n');
}

/** https://docs.github.com/en/rest/deployments/environments#create-or-update-an-environment */
function environmentCalls(
  repository: string,
  name: string,
  { reviewers = [], branches, preventSelfReview = false }: Environment,
): string[] {
  const path = `repos/${repository}/environments/${name}`;
  return [
    call('PUT', path, {
      prevent_self_review: preventSelfReview,
      reviewers: reviewers.map((team) => ({ type: 'Team', id: `$${variable(team)}` })),
      deployment_branch_policy:
        branches === undefined ? null : { protected_branches: false, custom_branch_policies: true },
    }),
    ...(branches ?? []).map(
      (branch) =>
        `gh api "${path}/deployment-branch-policies" --jq '.branch_policies[].name' | grep --quiet --line-regexp --fixed-strings '${branch}' ||\n  gh api --method POST "${path}/deployment-branch-policies" --silent -f name='${branch}'`,
    ),
  ];
}

/** https://docs.github.com/en/rest/issues/labels */
function labelCalls(repository: string, name: string, label: Settings['labels'][string]): string[] {
  const fields = `-f color=${label.color} -f description='${label.description}'`;
  const path = `repos/${repository}/labels`;
  return [
    `gh api --method PATCH "${path}/${encodeURIComponent(name)}" --silent ${fields} 2>/dev/null ||`,
    `  gh api --method POST "${path}" --silent -f name='${name}' ${fields}`,
  ];
}

/** https://docs.github.com/en/rest/repos/rules#create-a-repository-ruleset */
function rulesetCalls({ repository, branch, protection }: Settings): string[] {
  const path = `repos/${repository}/rulesets`;
  const { approvals, checks, app } = protection;
  return [
    '# Only what was reviewed and checked gets to the branch; nothing rewrites or deletes it.',
    `ruleset=$(gh api "${path}" --jq '.[] | select(.name == "${RULESET}") | .id')`,
    'method=POST',
    '[ -z "$ruleset" ] || method=PUT',
    call('"$method"', `${path}\${ruleset:+/$ruleset}`, {
      name: RULESET,
      target: 'branch',
      enforcement: 'active',
      conditions: { ref_name: { include: [`refs/heads/${branch}`], exclude: [] } },
      bypass_actors:
        app === undefined ? [] : [{ actor_id: app, actor_type: 'Integration', bypass_mode: 'always' }],
      rules: [
        { type: 'deletion' },
        { type: 'non_fast_forward' },
        {
          type: 'pull_request',
          parameters: {
            required_approving_review_count: approvals,
            require_code_owner_review: true,
            dismiss_stale_reviews_on_push: true,
            require_last_push_approval: true,
            required_review_thread_resolution: false,
          },
        },
        {
          type: 'required_status_checks',
          parameters: {
            strict_required_status_checks_policy: true,
            required_status_checks: checks.map((context) => ({ context })),
          },
        },
      ],
    }),
  ];
}
