import { parser } from '@prometheus-io/lezer-promql';
import type { AlertmanagerConfig, Route } from '../alertmanager/config.ts';
import type { Rule, RuleGroup } from '../alerts/subject.ts';

/** A minute of the real world lasts a second. */
const FASTER = 60;

const MILLISECONDS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};

/** A duration of Prometheus, such as `1h30m`, that much shorter: `90s`. */
export function faster(duration: string): string {
  const parts = [...duration.matchAll(/([0-9]+)(ms|[smhdwy])/g)];
  const total = parts.reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (MILLISECONDS[unit] ?? 0),
    0,
  );
  const short = Math.ceil(total / FASTER);
  return short % 1000 === 0 ? `${short / 1000}s` : `${short}ms`;
}

/** An expression with every window and offset that much shorter; numbers and names stay what they are. */
export function fasterExpression(expr: string): string {
  const places: { from: number; to: number }[] = [];
  parser.parse(expr).iterate({
    enter({ name, from, to }) {
      if (name === 'NumberDurationLiteralInDurationContext') places.push({ from, to });
    },
  });
  return places.reduceRight(
    (text, { from, to }) => text.slice(0, from) + faster(text.slice(from, to)) + text.slice(to),
    expr,
  );
}

/** Rules that see in a second what the real ones see in a minute. */
export const fasterRules = (groups: readonly RuleGroup[]): RuleGroup[] =>
  groups.map((group) => ({
    ...group,
    ...(group.interval && { interval: faster(group.interval) }),
    rules: (group.rules ?? []).map(fasterRule),
  }));

const fasterRule = (rule: Rule): Rule => ({
  ...rule,
  expr: fasterExpression(String(rule.expr)),
  ...(rule.for && { for: faster(rule.for) }),
});

/** Routing that tells in a second what the real one tells in a minute. */
export const fasterRouting = (config: AlertmanagerConfig): AlertmanagerConfig => ({
  ...config,
  global: { ...config.global, resolve_timeout: faster(config.global.resolve_timeout) },
  route: fasterRoute(config.route),
});

const TIMINGS = ['group_wait', 'group_interval', 'repeat_interval'] as const;

function fasterRoute(route: Route): Route {
  const timings = TIMINGS.flatMap((key) => {
    const duration = route[key];
    return duration === undefined ? [] : [[key, faster(duration)] as const];
  });
  return {
    ...route,
    ...Object.fromEntries(timings),
    ...(route.routes && { routes: route.routes.map(fasterRoute) }),
  };
}
