/** Rules of a service made wrong, one at a time: the tests that are generated for them must fail. */

import type { Subject } from '../../generators/alerts/subject.ts';
import type { Rule } from '../../generators/model/service/rules/alert.ts';

export interface RuleMutation {
  title: string;
  subject: Subject;
}

/** What to make of the rules that it is about; the same rule where it is about others. */
type Change = (rule: Rule) => Rule;

/** One objective alone, or the symptoms alone. */
export function only(subject: Subject, part: 'availability' | 'latency' | 'symptoms'): Subject {
  const { availability, latency, ...rest } = subject.rules;
  const rules = {
    ...rest,
    ...(part === 'availability' && availability ? { availability } : {}),
    ...(part === 'latency' && latency ? { latency } : {}),
    ...(part === 'symptoms' ? {} : NO_SYMPTOMS),
  };
  const groups = subject.groups.filter(({ name }) => name.startsWith(`${subject.service}.${part}`));
  const { secrets: _, ...values } = subject.values;
  return { ...subject, rules, groups, values: part === 'symptoms' ? subject.values : values };
}

const NO_SYMPTOMS = {
  pods: undefined,
  scaler: undefined,
  scraped: false,
  probed: false,
  certified: false,
  volumes: undefined,
  jobs: undefined,
  application: undefined,
} as unknown as Partial<Subject['rules']>;

/** The rules with one change, in a folder of their own. */
function changed(subject: Subject, title: string, change: Change): RuleMutation {
  const groups = subject.groups.map((group) => ({ ...group, rules: (group.rules ?? []).map(change) }));
  if (JSON.stringify(groups) === JSON.stringify(subject.groups)) throw new Error(`${title} changes nothing`);
  return { title, subject: { ...subject, environment: title.replace(/[^a-z0-9]+/gi, '-'), groups } };
}

const inExpr =
  (of: (rule: Rule) => boolean, from: string | RegExp, to: string): Change =>
  (rule) =>
    of(rule) ? { ...rule, expr: String(rule.expr).replace(from, to) } : rule;

const isAlert = ({ alert }: Rule) => alert !== undefined;
const is = (severity: string) => (rule: Rule) => isAlert(rule) && rule.labels?.['severity'] === severity;
const records = (window: string) => (rule: Rule) => rule.record === `slo:sli_error:ratio_rate${window}`;
const isRatio = ({ record }: Rule) => /ratio_rate\d+[mhd]$/.test(record ?? '') && !record?.endsWith('30d');

/** Every kind of mistake in the rules of an objective. */
export function objectiveMutations(subject: Subject): RuleMutation[] {
  const { availability } = subject.rules;
  if (availability === undefined) throw new Error('no availability');
  const tiers = [
    ['critical', availability.page.quick],
    ['critical', availability.page.slow],
    ['warning', availability.ticket.quick],
    ['warning', availability.ticket.slow],
  ] as const;
  const of = (title: string, change: Change) => changed(subject, title, change);
  return [
    ...tiers.flatMap(([severity, { threshold, long, short }]) => {
      const all = new RegExp(`> ${threshold.replace('.', '\\.')}\\b(?!\\.)`, 'g');
      return [
        of(`${severity} ${long} threshold higher`, inExpr(is(severity), all, `> ${Number(threshold) * 1.5}`)),
        of(`${severity} ${long} threshold lower`, inExpr(is(severity), all, `> ${Number(threshold) * 0.6}`)),
        of(
          `${severity} ${long} long window`,
          inExpr(records(long), new RegExp(`\\[${long}\\]`, 'g'), '[7m]'),
        ),
        of(
          `${severity} ${short} short window`,
          inExpr(records(short), new RegExp(`\\[${short}\\]`, 'g'), '[5d]'),
        ),
      ];
    }),
    of('guard of the page', inExpr(is('critical'), />= 10/g, '>= 0')),
    of('guard of the ticket', inExpr(is('warning'), />= 10/g, '>= 0')),
    of('no failures yet', inExpr(isRatio, ' or vector(0)', '')),
    of('no requests', inExpr(isRatio, ' > 0)', ')')),
    of('metric', inExpr(isRatio, /http_[a-z_]+/g, 'http_requests')),
    of('job', inExpr(isRatio, /job="[^"]*",/g, '')),
    of('namespace', inExpr(isRatio, /,namespace="[^"]*"/g, '')),
    of('ignored requests', inExpr(isRatio, /,path!~"[^"]*"/g, '')),
    of('status', inExpr(isRatio, /status=~"5\.\."/g, 'status=~"4.."')),
    ...['severity', 'team', 'service', 'environment', 'namespace'].map((label) =>
      of(`label ${label}`, (rule) =>
        isAlert(rule) ? { ...rule, labels: { ...rule.labels, [label]: 'another' } } : rule,
      ),
    ),
    of('annotation', (rule) =>
      isAlert(rule)
        ? { ...rule, annotations: { ...rule.annotations, summary: '{{ $labels.slo | title }}' } }
        : rule,
    ),
    of(
      'budget',
      inExpr(({ record }) => record === 'slo:period_error_budget_remaining:ratio', '1 -', '2 -'),
    ),
  ];
}

/** Mistakes in all alerts about symptoms at once: every alert must be told. */
export function symptomMutations(subject: Subject): RuleMutation[] {
  const of = (title: string, change: Change) => changed(subject, title, change);
  return [
    of('metric of all symptoms', (rule) => ({
      ...rule,
      expr: String(rule.expr).replace(/(kube_|probe_|argocd_|externalsecret_|kubelet_)/g, 'gone_$1'),
    })),
    of('namespace of all symptoms', (rule) => ({
      ...rule,
      expr: String(rule.expr).replace(/(dest_|exported_)?namespace="[^"]*"/g, '$1namespace!=""'),
    })),
    of('label of all symptoms', (rule) => ({ ...rule, labels: { ...rule.labels, team: 'another' } })),
    of('never of all symptoms', (rule) => ({ ...rule, for: '10h' })),
  ];
}
