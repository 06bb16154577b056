/** The rehearsal fails when something is wrong, ends what it started, and only makes time run faster. */

import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { subjectsOf } from '../generators/alerts/subjects.ts';
import { modelRepository, type RepositoryModel } from '../generators/generate/repository.ts';
import { type Cast, castOf } from '../generators/rehearse/cast.ts';
import { rehearse } from '../generators/rehearse/rehearse.ts';
import { faster, fasterExpression, fasterRules } from '../generators/rehearse/speed.ts';
import { toolOrSkip } from './support/build.ts';
import { warmUp } from './support/command-line.ts';
import { removeRepository, writeRepository } from './support/repository.ts';
import { sampleInputs } from './support/sample-inputs.ts';

const COMMAND = resolve(import.meta.dirname, '../scripts/slipway.mjs');

const prometheus = await toolOrSkip('prometheus');
const alertmanager = await toolOrSkip('alertmanager');
const missing = prometheus === undefined || alertmanager === undefined;

const PLATFORM = 'environments/base/platform.yaml';
/** The shop with everybody that can be told, Slack by a webhook. */
const others = (): Record<string, string> => ({
  ...sampleInputs(),
  [PLATFORM]: (sampleInputs()[PLATFORM] ?? '').replace(
    / +token: .*shop\/alerting, property: slack-token.*\n/,
    '      webhook: { key: a }\n',
  ),
  'environments/production/services/catalog.yaml': 'owner: { slack: null }\n',
  'environments/production/platform.yaml':
    `${sampleInputs()['environments/production/platform.yaml']}`.replace(
      /^ {4}pagerduty: .*$/m,
      '    opsgenie: { key: b, region: eu }\n    teams: { products: { slack: "#products", pagerduty: { key: c } } }',
    ),
});

let root = '';
let model: RepositoryModel;
let otherModel: RepositoryModel;
beforeAll(async () => {
  await warmUp();
  root = writeRepository(sampleInputs());
  model = modelRepository(root);
  const other = writeRepository(others());
  otherModel = modelRepository(other);
  removeRepository(other);
});
afterAll(() => removeRepository(root));

const cast = (of = model): Cast => structuredClone(castOf(of.alerting, subjectsOf(of), undefined));

/** A part of the cast made wrong, and what must be said of it in a short while. */
const MISTAKES: readonly (readonly [
  title: string,
  change: (cast: Cast) => void,
  said: RegExp,
  model?: () => RepositoryModel,
])[] = [
  [
    'the secret of a pager',
    ({ routing }) => {
      for (const { opsgenie_configs = [] } of routing.config.receivers)
        for (const opsgenie of opsgenie_configs)
          opsgenie.api_key_file = opsgenie.api_key_file.replace('opsgenie', 'slack-webhook');
    },
    /not: CatalogDown fires \(critical\): #products, #shop-pages, teams.products.pagerduty, opsgenie told; missing: opsgenie$/m,
    () => otherModel,
  ],
  [
    'a channel',
    ({ routing }) => {
      for (const { slack_configs = [] } of routing.config.receivers)
        for (const slack of slack_configs)
          if (slack.channel === '#shop-products') slack.channel = '#shop-web';
    },
    /not: CatalogDown fires .*missing: #shop-products.*not expected: slack #shop-web is told/s,
  ],
  [
    'a route',
    ({ routing }) => void routing.config.route.routes?.splice(2, 1),
    /missing: #shop-pages, pagerduty/,
  ],
  [
    'an inhibition',
    ({ routing }) => {
      for (const rule of routing.config.inhibit_rules)
        rule.equal = rule.equal.filter((label) => label !== 'service');
    },
    /not: StorefrontReplicasMissing fires .*missing: #shop-web/,
  ],
  [
    'no inhibition',
    ({ routing }) => (routing.config.inhibit_rules = []),
    /not: CatalogReplicasMissing fires and is silent.*not expected: slack #shop-products is told "\[WARNING\] catalog/s,
  ],
  [
    'a threshold of a rule',
    ({ subjects }) => {
      for (const { groups } of subjects)
        for (const rule of groups.flatMap(({ rules = [] }) => rules))
          if (rule.alert?.endsWith('Availability'))
            rule.expr = String(rule.expr).replace(/> 0\.\d+/g, '> 1.5');
    },
    /not: CatalogAvailability fires/,
  ],
  [
    'a message',
    ({ routing }) => {
      for (const name in routing.templateFiles)
        routing.templateFiles[name] = (routing.templateFiles[name] ?? '').replace('|Runbook>', '|Book>');
    },
    /missing: #shop-pages, #shop-products$/m,
  ],
  [
    "the dead man's switch",
    ({ routing }) => {
      const [watchdog] = routing.config.route.routes ?? [];
      if (watchdog !== undefined) watchdog.group_interval = '5m';
    },
    /the dead man's switch was not called for 1\d s/,
  ],
];

describe.skipIf(missing)('a rehearsal with a mistake in', () => {
  it('any part fails, and says where', async () => {
    const runs = MISTAKES.map(async ([title, change, said, of]) => {
      const wrong = cast(of?.());
      change(wrong);
      const failures = await rehearse(wrong, {
        prometheus: prometheus?.path ?? '',
        alertmanager: alertmanager?.path ?? '',
        signal: new AbortController().signal,
        seconds: 60,
        tell: () => undefined,
      });
      return said.test(failures.join('\n')) ? [] : [`${title}: ${failures.join('\n')}`];
    });
    expect((await Promise.all(runs)).flat()).toEqual([]);
  }, 180_000);
});

describe.skipIf(missing)('the command', () => {
  it('ends what it started, and leaves nothing, when it is stopped', async () => {
    const temporary = mkdtempSync(join(tmpdir(), 'slipway-stopped-'));
    const child = spawn(process.execPath, [COMMAND, 'rehearse', '--root', root], {
      env: { ...process.env, TMPDIR: temporary },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += part));
    const ended = new Promise<number | null>((done) => child.once('exit', done));
    while (!said.includes('are well') && child.exitCode === null) await pause(50);
    const started = childrenOf(child.pid ?? 0);
    child.kill('SIGINT');
    expect(await ended).toBe(1);
    expect(said).toContain('the rehearsal was stopped');
    if (process.platform === 'linux') expect(started.length).toBeGreaterThanOrEqual(2);
    expect(started.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
    rmSync(temporary, { recursive: true });
  }, 120_000);
});

const childrenOf = (pid: number): string[] => {
  const file = `/proc/${pid}/task/${pid}/children`;
  return existsSync(file) ? readFileSync(file, 'utf8').split(' ').filter(Boolean) : [];
};

describe('an application', () => {
  const played = (app: string, change: (cast: Cast) => void = () => undefined) => {
    const one = cast();
    change(one);
    return rehearse(one, {
      prometheus: prometheus?.path ?? '',
      alertmanager: alertmanager?.path ?? '',
      app,
      signal: new AbortController().signal,
      seconds: 15,
      tell: () => undefined,
    });
  };

  it('that is not there is refused', async () => {
    await expect(played(root)).rejects.toThrow(`there is no server.js in ${root}`);
  });

  it('that does not start is refused, with what it says', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'slipway-app-'));
    writeFileSync(join(folder, 'server.js'), "console.error('no database'); process.exit(3);");
    await expect(played(folder)).rejects.toThrow('the application ended: no database');
    rmSync(folder, { recursive: true });
  });

  it.skipIf(missing)('is asked itself: one that counts something else is not measured', async () => {
    const failures = await played(resolve(import.meta.dirname, 'app'), ({ failing, subjects }) => {
      for (const { groups } of [failing, ...subjects])
        for (const rule of groups.flatMap(({ rules = [] }) => rules))
          rule.expr = String(rule.expr).replaceAll('http_request_duration_seconds', 'shop_request_seconds');
    });
    expect(failures[0]).toMatch(/^in 15 s not: catalog and storefront are well/);
  });
});

describe('without the programs', () => {
  const without = (env: Record<string, string>) => {
    const folder = mkdtempSync(join(tmpdir(), 'slipway-node-'));
    symlinkSync(process.execPath, join(folder, 'node'));
    const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, 'rehearse', '--root', root], {
      env: { PATH: folder, HOME: folder, ...env },
      encoding: 'utf8',
    });
    rmSync(folder, { recursive: true });
    return { status, stdout, stderr };
  };

  it('it is skipped, and said to be', () => {
    const { status, stdout } = without({});
    expect(status).toBe(0);
    expect(stdout).toMatch(/^skipped: nothing was rehearsed\. prometheus cannot be had here/);
  });

  it('it is an error where CI is set', () => {
    const { status, stderr } = without({ CI: 'true' });
    expect(status).toBe(1);
    expect(stderr).toContain('prometheus cannot be had here');
  });
});

describe('the cast', () => {
  it('is of an environment that pages, with services of two teams', () => {
    const { scene, failing, other } = cast();
    expect([scene.environment, failing.service, other.service]).toEqual([
      'production',
      'catalog',
      'storefront',
    ]);
    expect(castOf(model.alerting, subjectsOf(model), 'staging').scene.environment).toBe('staging');
  });

  it('is refused where there is nobody to play', () => {
    const subjects = subjectsOf(model);
    expect(() => castOf([], subjects, undefined)).toThrow('no environment says monitoring.alerting');
    expect(() => castOf(model.alerting, subjects, 'prodction')).toThrow('did you mean "production"?');
    expect(() => castOf(model.alerting, subjects.slice(0, 1), 'production')).toThrow('needs two');
  });
});

describe('time', () => {
  it.each([
    ['5m', '5s'],
    ['30s', '500ms'],
    ['1h30m', '90s'],
    ['30d', '43200s'],
    ['0s', '0s'],
    ['10ms', '1ms'],
  ])('%s becomes %s', (duration, expected) => {
    expect(faster(duration)).toBe(expected);
  });

  it('runs faster in windows alone', () => {
    expect(fasterExpression('sum(rate(a{b="[5m]"}[5m])) > 14.4 * 0.001 and c5m offset 1h < 900')).toBe(
      'sum(rate(a{b="[5m]"}[5s])) > 14.4 * 0.001 and c5m offset 60s < 900',
    );
  });

  it('changes nothing else in any rule of the sample', () => {
    const without = (text: string) => text.replace(/\b[0-9]+(ms|[smhd])\b/g, '');
    for (const { groups } of subjectsOf(model)) {
      const fast = fasterRules(groups);
      expect(without(JSON.stringify(fast))).toBe(without(JSON.stringify(groups)));
      expect(JSON.stringify(fast)).not.toBe(JSON.stringify(groups));
    }
  });
});
