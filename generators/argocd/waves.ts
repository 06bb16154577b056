import { compareText } from '../problems/problem.ts';
import { CATALOG, type Chart } from '../stack/catalog.ts';
import { chartUnit } from './names.ts';
import { type ArgocdScene, isPart, NAMESPACE } from './scene.ts';

/** Wave of the environment's AppProjects: nothing is deployed without permission. */
export const PROJECTS_WAVE = 0;

/**
 * The wave of each unit of an environment, as few as possible: charts that bring kinds which the platform uses, the
 * namespaces, the other parts of the platform, Prometheus with the kinds of all that it watches, the other charts, then
 * each service after those that it calls. Services that call each other in a circle share a wave.
 */
export function wavesOf({ units, charts }: Pick<ArgocdScene, 'units' | 'charts'>): Map<string, number> {
  const services = new Map([...units].filter(([unit]) => !isPart(unit)));
  const parts = [...units].filter(([unit]) => isPart(unit));
  const partsThat = (hasNamespace: boolean) =>
    parts.flatMap(([part, { kinds }]) => (kinds.includes(NAMESPACE) === hasNamespace ? [part] : []));
  const chartsIn = (step: Chart['step']) =>
    charts.flatMap(({ chart }) => (CATALOG[chart].step === step ? [chartUnit(chart)] : []));
  const platform = [
    chartsIn('kinds'),
    partsThat(true),
    partsThat(false),
    chartsIn('prometheus'),
    chartsIn('rest'),
  ].filter((group) => group.length > 0);
  const first = PROJECTS_WAVE + 1;
  const waves = new Map(
    platform.flatMap((group, index) => group.map((part) => [part, first + index] as const)),
  );
  const start = first + platform.length;
  for (const [service, level] of levelsOf(services)) waves.set(service, start + level);
  return waves;
}

type Calls = ReadonlyMap<string, { calls: readonly string[] }>;

/** How many services must be there before each one: 0 for those that call nobody. */
function levelsOf(services: Calls): Map<string, number> {
  const levels = new Map<string, number>();
  for (const group of circlesOf(services)) {
    const below = group.flatMap((name) =>
      calleesOf(services, name).filter((callee) => !group.includes(callee)),
    );
    const level = below.reduce((most, callee) => Math.max(most, (levels.get(callee) ?? 0) + 1), 0);
    for (const name of group) levels.set(name, level);
  }
  return levels;
}

const calleesOf = (services: Calls, name: string): string[] =>
  (services.get(name)?.calls ?? []).filter((callee) => services.has(callee));

/**
 * Groups of services that call each other in a circle, each service in one group, callees before callers: the
 * strongly connected components of the graph, by Tarjan's algorithm, on a stack of its own because a chain of
 * calls may be long. https://doi.org/10.1137/0201010
 */
export function circlesOf(services: Calls): string[][] {
  const groups: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const lower = (name: string, to: number) => lowest.set(name, Math.min(lowest.get(name) ?? to, to));
  const visit = (start: string) => {
    const trail = [enter(start)];
    for (let step = trail.at(-1); step !== undefined; step = trail.at(-1)) {
      const { name, rest } = step;
      const callee = rest.pop();
      if (callee === undefined) {
        trail.pop();
        if (lowest.get(name) === order.get(name)) groups.push(close(name));
        const caller = trail.at(-1);
        if (caller !== undefined) lower(caller.name, lowest.get(name) ?? 0);
      } else if (!order.has(callee)) trail.push(enter(callee));
      else if (isOpen.has(callee)) lower(name, order.get(callee) ?? 0);
    }
  };
  const enter = (name: string) => {
    order.set(name, order.size);
    lower(name, order.size - 1);
    open.push(name);
    isOpen.add(name);
    return { name, rest: calleesOf(services, name).sort(compareText).reverse() };
  };
  const close = (name: string): string[] => {
    const group = open.splice(open.indexOf(name));
    for (const member of group) isOpen.delete(member);
    return group.sort(compareText);
  };
  for (const name of [...services.keys()].sort(compareText)) if (!order.has(name)) visit(name);
  return groups;
}
