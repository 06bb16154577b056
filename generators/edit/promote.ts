import { Refusal } from '../problems/refusal.ts';
import { splitKey } from '../resolve/key.ts';
import { valueAt } from '../resolve/resolved.ts';
import { editService, type InputEdit, type Wanted } from './input-edit.ts';
import { readServices, type StatedService, servicesOf, statedIn } from './stated.ts';

/** What is to be carried where. */
export interface Promotion {
  from: string;
  to: string;
  /** One service; all that both environments run if left out. */
  service: string | undefined;
}

/**
 * Has an environment run the builds that another one runs, with the keys that the service lists under
 * `promote` as the other has them. The repository of an image stays: an environment may pull from its own registry.
 *
 * @param root the repository.
 * @returns the changed files; none when `service` is left out and all is as it is in `from`.
 * @throws Refusal when `from` does not run the service, or both run the same.
 * @throws UnknownSubjectError when there is no such environment or service.
 */
export function promote(root: string, { from, to, service }: Promotion): InputEdit[] {
  const services = readServices(root, service);
  if (from === to) throw new Refusal(`${from} cannot be promoted to itself; name two environments`);
  if (service !== undefined) {
    const source = statedIn(services, from, service);
    if (source.value['enabled'] === false)
      throw new Refusal(`${from} does not run ${service}: enabled is false there`);
    const edit = carry(source, statedIn(services, to, service));
    if (edit === undefined) throw new Refusal(`${to} has all of ${service} that ${from} has already`);
    return [edit];
  }
  const there = new Set(servicesOf(services, to));
  return servicesOf(services, from)
    .filter((name) => there.has(name))
    .map((name) => [statedIn(services, from, name), statedIn(services, to, name)] as const)
    .filter((pair) => pair.every(({ value }) => value['enabled'] !== false))
    .flatMap(([source, target]) => carry(source, target) ?? []);
}

function carry(source: StatedService, target: StatedService): InputEdit | undefined {
  const listed = valueAt(target.value, ['promote']);
  const keys = Array.isArray(listed) ? listed.filter((key) => typeof key === 'string') : [];
  const paths = [
    ['image', 'tag'],
    ['image', 'digest'],
    ...keys.map((key) => splitKey(key, [source.value, target.value])),
  ];
  return editService(
    target,
    paths.map((path): Wanted => ({ path, value: valueAt(source.value, path) })),
  );
}
