/** Whom Alertmanager tells: what is made, and that amtool, the real one, agrees with the inputs. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertmanager } from '../generators/alertmanager/alertmanager.ts';
import type { Alertmanager } from '../generators/alertmanager/config.ts';
import type { AlertingScene } from '../generators/alertmanager/destination.ts';
import { findsAll } from '../generators/alertmanager/matchers.ts';
import { inhibits, receiverFor, routesOf } from '../generators/alertmanager/route.ts';
import { configProblems } from '../generators/alertmanager/schema.ts';
import { undefinedTemplates } from '../generators/alertmanager/template-names.ts';
import { MESSAGES, TEMPLATE_FILE } from '../generators/alertmanager/templates.ts';
import { proveRouting } from '../generators/alerts/routing/prove.ts';
import { filesToKeys, type Routing, routingsOf } from '../generators/alerts/routing/routing.ts';
import { mustBeTold, toldBy } from '../generators/alerts/routing/told.ts';
import { subjectsOf } from '../generators/alerts/subjects.ts';
import { measuredIn } from '../generators/generate/dashboards.ts';
import { readRepository } from '../generators/generate/input.ts';
import { modelInput, modelRepository } from '../generators/generate/repository.ts';
import type { AlertOwner } from '../generators/resolve/facts.ts';
import { runProgram } from '../generators/tools/command.ts';
import { alerting, TEAMS } from './support/arbitrary/alerting.ts';
import { type Dice, rolled } from './support/arbitrary/dice.ts';
import { amtoolOrSkip } from './support/build.ts';
import { removeRepository, writeRepository } from './support/repository.ts';
import { routingChanges } from './support/routing-mutations.ts';
import { sampleInputs } from './support/sample-inputs.ts';
import { SEED } from './support/seed.ts';

const amtool = await amtoolOrSkip();

let root = '';
let scenes: readonly AlertingScene[] = [];
let routings: readonly Routing[] = [];
beforeAll(() => {
  root = writeRepository(sampleInputs());
  const model = modelRepository(root);
  scenes = model.alerting;
  routings = routingsOf(scenes, subjectsOf(model));
});
afterAll(() => removeRepository(root));

const routingOf = (environment: string): Routing => {
  const found = routings.find((one) => one.environment === environment);
  if (found === undefined) throw new Error(`${environment} has no routing`);
  return found;
};
const told = (environment: string, labels: Record<string, string>) => {
  const { made, keyOf } = routingOf(environment);
  return toldBy(receiverFor(made.config, labels) ?? { name: '' }, keyOf);
};
const alert = (environment: string, severity: string, more: Record<string, string> = {}) => ({
  alertname: 'A',
  environment,
  severity,
  ...more,
});
const CATALOG = { service: 'catalog', team: 'products' };

describe('the sample', () => {
  it('pages in production, beside the channel of the owner', () => {
    expect(told('production', alert('production', 'critical', CATALOG))).toEqual({
      channels: ['#shop-pages', '#shop-products'],
      pagers: ['pagerduty'],
    });
    expect(told('production', alert('production', 'warning', CATALOG))).toEqual({
      channels: ['#shop-products'],
      pagers: [],
    });
  });

  it('never pages in staging, and has no secret of a pager there', () => {
    expect(told('staging', alert('staging', 'critical', CATALOG))).toEqual({
      channels: ['#shop-products'],
      pagers: [],
    });
    const { config, secrets } = routingOf('staging').made;
    expect(JSON.stringify(config)).not.toMatch(/pagerduty|opsgenie|shop-pages/);
    expect(secrets.map(({ entries }) => Object.keys(entries))).toEqual([['dead-mans-switch', 'slack-token']]);
  });

  it('tells of the cluster in the common channel, and pages nobody for another environment', () => {
    expect(told('production', { alertname: 'KubeAPIDown', severity: 'critical' }).pagers).toEqual([
      'pagerduty',
    ]);
    expect(told('production', alert('staging', 'critical', CATALOG))).toEqual({
      channels: ['#shop-alerts'],
      pagers: [],
    });
  });

  it('calls the dead man switch often, and only that', () => {
    expect(told('staging', { alertname: 'Watchdog', severity: 'none' })).toEqual({
      channels: [],
      pagers: [],
      called: true,
    });
    const [watchdog] = routingOf('staging').made.config.route.routes ?? [];
    expect(watchdog).toMatchObject({ group_wait: '0s', group_interval: '1m', repeat_interval: '5m' });
  });

  it('says where each secret comes from, and never a secret', () => {
    expect(routingOf('production').made.secrets).toEqual([
      {
        name: 'alerting',
        entries: {
          'dead-mans-switch': { key: 'shop/alerting', property: 'dead-mans-switch' },
          pagerduty: { key: 'shop/alerting', property: 'pagerduty' },
          'slack-token': { key: 'shop/alerting', property: 'slack-token' },
        },
      },
    ]);
  });
});

describe('inhibition', () => {
  const silences = (source: Record<string, string>, target: Record<string, string>) =>
    routingOf('production').made.config.inhibit_rules.some((rule) => inhibits(rule, source, target));
  const place = { environment: 'production', namespace: 'shop-production' };
  const of = (service: string, end: string, severity: string, more = {}) => ({
    alertname: `${service}${end}`,
    service,
    severity,
    team: 'products',
    environment: 'production',
    namespace: 'shop-production',
    ...more,
  });

  it('silences what follows from another alert of the same service', () => {
    expect(silences(of('a', 'Availability', 'critical'), of('a', 'Availability', 'warning'))).toBe(true);
    expect(silences(of('a', 'Down', 'critical'), of('a', 'ReplicasMissing', 'warning'))).toBe(true);
    expect(silences(of('a', 'Down', 'critical'), of('a', 'ProbeFailing', 'critical'))).toBe(true);
    const volume = { persistentvolumeclaim: 'x' };
    expect(
      silences(of('a', 'VolumeFull', 'critical', volume), of('a', 'VolumeFilling', 'warning', volume)),
    ).toBe(true);
  });

  it('silences nothing else', () => {
    const sources: Record<string, string>[] = [
      of('a', 'Availability', 'critical'),
      of('a', 'Down', 'critical'),
      of('a', 'VolumeFull', 'critical', { persistentvolumeclaim: 'x' }),
      { alertname: 'InfoInhibitor', namespace: 'shop-production', severity: 'none' },
      { alertname: 'ReplicasMissing', severity: 'critical' },
      // kube-prometheus-stack has this one, with the name of the Kubernetes Service.
      { alertname: 'TargetDown', service: 'a', ...place, severity: 'critical' },
      { alertname: 'KubeQuota', ...place, severity: 'critical' },
    ];
    const targets: Record<string, string>[] = [
      of('a', 'ReplicasMissing', 'warning', { environment: 'elsewhere' }),
      { alertname: 'KubeVolume', ...place, severity: 'warning' },
      { alertname: 'KubeQuota', ...place, severity: 'warning', pod: 'x' },
      of('b', 'Availability', 'warning'),
      of('b', 'ReplicasMissing', 'warning'),
      of('a', 'Availability', 'warning', { namespace: 'another' }),
      of('a', 'Latency', 'warning'),
      of('a', 'Availability', 'critical'),
      of('a', 'VolumeFilling', 'warning', { persistentvolumeclaim: 'y' }),
      of('a', 'Down', 'critical', { alertname: 'Down' }),
    ];
    for (const source of sources)
      for (const target of targets) expect([silences(source, target), source, target]).toContain(false);
    const [targetDown = {}] = sources.filter(({ alertname }) => alertname === 'TargetDown');
    expect(silences(targetDown, of('a', 'ReplicasMissing', 'warning'))).toBe(false);
    const { team: _, ...strange } = of('a', 'Availability', 'warning');
    expect(silences(of('a', 'Availability', 'critical'), strange)).toBe(false);
  });

  it('silences an alert of the cluster while the same one is worse', () => {
    const quota = { alertname: 'KubeQuota', ...place };
    expect(silences({ ...quota, severity: 'critical' }, { ...quota, severity: 'warning' })).toBe(true);
    expect(silences({ ...quota, severity: 'warning' }, { ...quota, severity: 'info' })).toBe(true);
    expect(silences({ ...quota, severity: 'warning' }, { ...quota, severity: 'critical' })).toBe(false);
    const info = { alertname: 'Any', severity: 'info', namespace: 'n' };
    expect(silences({ alertname: 'InfoInhibitor', namespace: 'n' }, info)).toBe(true);
    expect(silences({ alertname: 'InfoInhibitor', namespace: 'm' }, info)).toBe(false);
  });
});

/** Owners of some services, and whom alerts are told. */
const scene = (dice: Dice): AlertingScene => ({
  environment: 'prod',
  production: dice.chance(70),
  alerting: JSON.parse(JSON.stringify(alerting(dice))),
  owners: new Map(
    dice.some(['a', 'b', 'a-b', 'constructor', 'z']).map((name): [string, AlertOwner] => [
      name,
      {
        team: dice.pick(TEAMS),
        ...(dice.chance(60) && { slack: dice.pick(['#alerts', '#own', '#pages']) }),
      },
    ]),
  ),
});

describe('any routing', () => {
  it('tells whom the inputs say, and is of the form that is known', () => {
    fc.assert(
      fc.property(rolled(scene), (one) => {
        const made = alertmanager(one);
        expect(configProblems(made.config)).toEqual([]);
        expect(undefinedTemplates(made)).toEqual([]);
        const keyOf = filesToKeys(one.alerting);
        const ask = (labels: Record<string, string>, owner?: AlertOwner) =>
          expect(toldBy(receiverFor(made.config, labels) ?? { name: '' }, keyOf)).toEqual(
            mustBeTold(one, owner, labels),
          );
        for (const severity of ['critical', 'warning', 'info']) {
          for (const [service, owner] of one.owners)
            ask(alert('prod', severity, { service, team: owner.team }), owner);
          for (const team of TEAMS) ask(alert('prod', severity, { team }), { team });
          ask(alert('other', severity, { service: 'a', team: 'web' }), { team: 'web', slack: '#own' });
          ask({ alertname: 'Cluster', severity });
          for (const environment of ['prod', 'other']) ask({ alertname: 'Cluster', severity, environment });
        }
        ask({ alertname: 'Watchdog' });
        const used = new Set(routesOf(made.config.route).map(({ receiver }) => receiver));
        expect(made.config.receivers.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([]);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('does not depend on the order of anything', () => {
    fc.assert(
      fc.property(rolled(scene), (one) => {
        const turned = { ...one, owners: new Map([...one.owners].reverse()) };
        expect(alertmanager(turned)).toEqual(alertmanager(one));
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  it('has as many routes as channels, however many services there are', () => {
    const owners = new Map(
      Array.from({ length: 1000 }, (_, index): [string, AlertOwner] => [
        `service-${index}`,
        { team: `team-${index % 40}`, slack: `#team-${index % 40}` },
      ]),
    );
    const { config } = alertmanager({
      environment: 'prod',
      production: true,
      alerting: { slack: { token: {}, channel: '#all' } },
      owners,
    });
    expect(routesOf(config.route)).toHaveLength(1 + 2 + 3 + 2 * 40);
  });
});

describe('a run that makes one service anew', () => {
  it('knows the owners of all others', () => {
    const input = readRepository(root);
    const whole = modelInput(input, new Map());
    const [first, ...others] = whole.services;
    const kept = new Map(
      others.map((service) => {
        const { name, states } = service;
        const facts = Object.fromEntries([...states].map(([environment, { facts }]) => [environment, facts]));
        return [
          name,
          { facts, measured: measuredIn(service), deployed: whole.deployed.get(name) ?? {} },
        ] as const;
      }),
    );
    const services = new Map([...input.services].filter(([name]) => name === first?.name));
    expect(services.size).toBe(1);
    expect(modelInput({ ...input, services }, kept).alerting).toEqual(whole.alerting);
    expect(whole.alerting.map(({ owners }) => owners.size)).toEqual([4, 4]);
  });
});

describe('matchers', () => {
  it.each([
    ['a="x"', { a: 'x' }, true],
    ['a="x"', {}, false],
    ['a=""', {}, true],
    ['a!=""', {}, false],
    ['a!="x"', {}, true],
    ['a=~"x|y"', { a: 'xy' }, false],
    ['a=~"x|y"', { a: 'y' }, true],
    ['a!~"x.*"', { a: 'xy' }, false],
  ])('%s of %j: %s', (text, labels, expected) => {
    expect(findsAll([text], labels as Record<string, string>)).toBe(expected);
  });
});

describe('the form', () => {
  const made = (): Alertmanager => structuredClone(routingOf('production').made);
  it.each([
    [
      'an unknown field of a receiver',
      (one: Alertmanager) => Object.assign(one.config.receivers[1] ?? {}, { x: 1 }),
    ],
    ['an unknown field at the top', (one: Alertmanager) => Object.assign(one.config, { time_intervals: [] })],
    [
      'an address of Slack in the clear',
      (one: Alertmanager) =>
        Object.assign(one.config.receivers[2]?.slack_configs?.[0] ?? {}, { api_url: 'https://hooks' }),
    ],
    ['a wait that is no duration', (one: Alertmanager) => (one.config.route.group_wait = '1 s')],
  ])('refuses %s', (_, change) => {
    const changed = made();
    change(changed);
    expect(configProblems(changed.config)).not.toEqual([]);
  });
});

describe.skipIf(amtool === undefined)('amtool', () => {
  const prove = (some: readonly Routing[]) => proveRouting(some, amtool?.path ?? '');

  it('takes the configuration, and every alert where it must go', async () => {
    const { failures, alerts } = await prove(routings);
    expect(failures).toEqual([]);
    expect(alerts).toBeGreaterThan(50);
  }, 120_000);

  it('takes an alert where our own reading of the routes takes it', async () => {
    const some = fc.sample(rolled(scene), { seed: SEED, numRuns: 6 });
    const { failures } = await prove(
      some.map((one, index) => {
        const [routing] = routingsOf([one], []);
        if (routing === undefined) throw new Error('no routing');
        return { ...routing, environment: `random-${index}` };
      }),
    );
    expect(failures).toEqual([]);
  }, 120_000);

  const WATCHDOG = 'the dead man switch forgotten';
  it('sees every route made wrong', async () => {
    const routing = routingOf('production');
    const changes = [
      ...routingChanges(routing.made).filter(([title]) => /^(route|group) /.test(title)),
      [WATCHDOG, '', (made: Alertmanager) => void made.config.route.routes?.shift()],
      ['the cluster forgotten', '', (made: Alertmanager) => void made.config.route.routes?.splice(3, 1)],
      [
        'a template with a mistake',
        '',
        (made: Alertmanager) => (made.templateFiles[TEMPLATE_FILE] += '{{ end }}'),
      ],
    ] as const;
    const broken = changes.map(([title, , change], index) => {
      const made = structuredClone(routing.made);
      change(made);
      return { title, routing: { ...routing, made, environment: `change-${index}` } };
    });
    const { failures } = await prove(broken.map((one) => one.routing));
    const seen = new Set(failures.map(({ file }) => file.split('/')[0]));
    expect(broken.filter((one) => !seen.has(one.routing.environment)).map(({ title }) => title)).toEqual([]);
    expect(broken.length).toBeGreaterThan(15);
  }, 300_000);
});

describe.skipIf(amtool === undefined)('messages', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'slipway-messages-'));
    writeFileSync(join(folder, TEMPLATE_FILE), MESSAGES);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const HOSTILE = '<!channel> & <https://evil.example|you>\n*bold*';
  const data = (status: string, texts: string, count = 1) => ({
    receiver: 'r',
    status,
    alerts: Array.from({ length: count }, () => ({
      status,
      labels: { alertname: 'ShopDown' },
      annotations: { description: texts },
    })),
    groupLabels: { alertname: 'ShopDown', service: 'a "b" \\ c+d' },
    commonLabels: { severity: 'critical', service: texts, team: 'web', environment: 'production' },
    commonAnnotations: {
      summary: texts,
      runbook_url: 'https://runbooks.example/?a=1&b=2|3>',
      dashboard_url: 'https://grafana.example/d/x',
    },
    externalURL: 'https://alerts.example',
  });
  async function render(name: string, of: object): Promise<string> {
    const file = join(folder, 'data.json');
    writeFileSync(file, JSON.stringify(of));
    const args = ['template', 'render', '--template.glob', join(folder, '*.tmpl'), '--template.data', file];
    const text = ['--template.text', `{{ template "${name}" . }}`];
    const { ok, stdout, problem } = await runProgram(amtool?.path ?? '', [...args, ...text], {
      env: process.env,
      seconds: 30,
    });
    if (!ok) throw new Error(problem);
    return stdout;
  }

  it('say what it is about, with links', async () => {
    expect(await render('slipway.slack.title', data('firing', 'shop is down'))).toBe(
      '[CRITICAL] shop is down',
    );
    expect(await render('slipway.slack.title', data('resolved', 'shop is down', 2))).toBe(
      '[RESOLVED 2] shop is down',
    );
    expect(await render('slipway.slack.text', data('firing', 'No pod.'))).toBe(
      [
        'No pod.',
        'ShopDown · service No pod. · team web · production',
        '<https://runbooks.example/?a=1&amp;b=2%7C3%3E|Runbook> · <https://grafana.example/d/x|Dashboard> · <https://alerts.example/#/silences/new?filter=%7Balertname%3D%22ShopDown%22%2C%20service%3D%22a%20%5C%22b%5C%22%20%5C%5C%20c%2Bd%22%7D|Silence>',
      ].join('\n'),
    );
    expect(await render('slipway.color', data('firing', ''))).toBe('danger');
    expect(await render('slipway.color', data('resolved', ''))).toBe('good');
  });

  it('show what comes from labels as text, and only so many alerts', async () => {
    for (const name of ['slipway.slack.title', 'slipway.slack.text']) {
      const text = await render(name, data('firing', HOSTILE, 7));
      expect(text).toContain('&lt;!channel&gt; &amp; &lt;https://evil.example|you&gt; *bold*');
      expect(text.match(/<[^|>]*/g) ?? []).toEqual(
        name === 'slipway.slack.title'
          ? []
          : [
              expect.stringContaining('<https://runbooks.example/'),
              '<https://grafana.example/d/x',
              expect.stringContaining('<https://alerts.example/#/silences/'),
            ],
      );
      if (name === 'slipway.slack.text') expect(text.split('&lt;!channel&gt;')).toHaveLength(5 + 2);
    }
  });

  it('do without what an alert of the cluster does not have', async () => {
    const bare = {
      ...data('firing', ''),
      commonAnnotations: {},
      commonLabels: {},
      groupLabels: { alertname: 'X', namespace: 'n' },
    };
    expect(await render('slipway.slack.title', bare)).toBe('[FIRING] X in n');
    expect(await render('slipway.slack.text', bare)).toMatch(
      /\nX\n<https:\/\/alerts\.example\/[^|]*\|Silence>$/,
    );
    expect(await render('slipway.title', bare)).toBe('[FIRING] X in n');
  });

  it('that are called and not defined are found', () => {
    const { made } = routingOf('production');
    const without = MESSAGES.replace('define "slipway.slack.links"', 'define "slipway.links"');
    expect(undefinedTemplates({ ...made, templateFiles: { [TEMPLATE_FILE]: without } })).toEqual([
      'slipway.slack.links',
    ]);
  });
});
