import type { IContainer } from 'kubernetes-models/v1';
import type { Workload } from '../workload.ts';
import type { Environment } from '../world.ts';

/**
 * Keys of the inputs that say something of a container: those of a container beside the service, or of a hook, have its
 * name in them. What a hook does not say is said by the service.
 */
export function statedAt(
  workload: Workload,
  container: IContainer,
  { services }: Environment,
  ...key: readonly string[]
): string[][] {
  const own = key.map((_, index) => key.slice(0, key.length - index));
  if (workload.kind !== 'Job')
    return [
      ...['sidecars', 'init'].flatMap((list) => own.map((path) => [list, container.name, ...path])),
      ...own,
    ];
  const hook = services.get(workload.service)?.resolved.value.hooks?.[container.name];
  const says = hook !== undefined && Object.hasOwn(hook, key[0] ?? '');
  return says ? own.map((path) => ['hooks', container.name, ...path]) : own;
}
