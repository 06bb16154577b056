import { compareText } from '../problems/problem.ts';
import { type Indicator, ignoringMatchers, indicatorOf } from '../resolve/slo/indicator.ts';
import type { SloInput } from '../schema/slo.ts';

/** By environment in which a service promises something, how it is measured there. */
export type Measured = Readonly<Record<string, Pick<SloInput, 'indicator'>>>;

/** One way in which services are measured. */
export interface Instrument
  extends Pick<Indicator, 'source' | 'requests' | 'status' | 'failed' | 'duration' | 'unit'> {
  /** Matchers that leave out requests that do not count. */
  ignoring: readonly string[];
  /** The services that it is about, where their names must say so; all if left out. */
  only?: { operator: '=~' | '!~'; services: readonly string[] };
}

interface Group {
  instrument: Instrument;
  services: string[];
}

/**
 * The ways in which the services of an environment are measured, each once, in a fixed order. A service that promises
 * nothing there counts as it does elsewhere: so all environments get the same answer, unless a service itself is
 * measured in different ways.
 *
 * @param services how each service is measured.
 */
export function instrumentsOf(
  environment: string,
  services: Iterable<readonly [name: string, measured: Measured]>,
): Instrument[] {
  const groups = new Map<string, Group>();
  for (const [name, measured] of services) {
    const slo = measured[environment] ?? measured[Object.keys(measured).sort(compareText)[0] ?? ''];
    if (slo === undefined) continue;
    const [key, instrument] = instrumentOf(slo);
    const group = groups.get(key) ?? { instrument, services: [] };
    group.services.push(name);
    groups.set(key, group);
  }
  const all = [...groups].sort(([a], [b]) => compareText(a, b)).map(([, group]) => group);
  return all.map((group) =>
    withNames(
      group,
      all.filter((other) => other !== group && overlaps(group, other)),
    ),
  );
}

const known = new Map<string, readonly [key: string, instrument: Instrument]>();

/** Thousands of services say the same few things. */
function instrumentOf(slo: Pick<SloInput, 'indicator'>): readonly [key: string, instrument: Instrument] {
  const said = JSON.stringify(slo.indicator ?? {});
  const found = known.get(said);
  if (found !== undefined) return found;
  const indicator = indicatorOf(slo);
  const { source, requests, status, failed, duration, unit } = indicator;
  const instrument = {
    source,
    requests,
    status,
    failed,
    duration,
    unit,
    ignoring: ignoringMatchers(indicator),
  };
  const answer = [JSON.stringify(instrument), instrument] as const;
  known.set(said, answer);
  return answer;
}

/** True where a query of one would find requests that the other is about. */
const overlaps = ({ instrument: a }: Group, { instrument: b }: Group): boolean =>
  a.source === b.source && (a.requests === b.requests || a.duration === b.duration);

/** The largest of several groups leaves out the services of the others; the others name their own. */
function withNames({ instrument, services }: Group, others: readonly Group[]): Instrument {
  if (others.length === 0) return instrument;
  const largest = others.every((other) => other.services.length < services.length);
  const names = largest ? others.flatMap((other) => other.services) : services;
  return { ...instrument, only: { operator: largest ? '!~' : '=~', services: [...names].sort(compareText) } };
}
