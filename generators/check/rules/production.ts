import { quote } from '../../problems/problem.ts';
import type { Raw } from '../finding.ts';
import { containersOf, isLasting, type Workload } from '../workload.ts';
import type { Environment } from '../world.ts';
import { allWorkloads, fieldOf, nameOf, pods, type Rule, rawIf } from './rule.ts';
import { statedAt } from './stated.ts';
import { isServed } from './termination.ts';

/** What every environment asks of a workload before it takes requests, and production a little more. */
export const production: Rule = (environment) =>
  allWorkloads(environment).flatMap((workload) => [
    ...images(workload, environment),
    ...resources(workload, environment),
    ...probes(workload, environment),
    ...rawIf(environment.production && isLasting(workload) && workload.pods.min === 1, () =>
      single(workload),
    ),
    ...rawIf(
      environment.production &&
        isLasting(workload) &&
        goesToZero(workload) &&
        isServed(workload, environment),
      () => zero(workload),
    ),
  ]);

/** True where an autoscaler may take the last pod away; zero pods for good are meant. */
const goesToZero = ({ pods: { min, max } }: Workload): boolean => min === 0 && max > 0;

/** An image by name, tag and digest; the name may have a registry with a port. */
function parts(image: string): { tag: string | undefined; digest: string | undefined } {
  const [reference = '', digest] = image.split('@');
  return { tag: /:([^/:]+)$/.exec(reference)?.[1], digest };
}

function images(workload: Workload, environment: Environment): Raw[] {
  const demanded = environment.platform.value.images?.requireDigest === true;
  return containersOf(workload).flatMap(({ container, path }): Raw[] => {
    const { image = '' } = container;
    const { tag, digest } = parts(image);
    const about = {
      service: workload.service,
      keys: statedAt(workload, container, environment, 'image', 'tag'),
      field: fieldOf(workload, ...path, 'image'),
    };
    if (digest === undefined && (tag === undefined || tag === 'latest')) {
      const message = `the image ${quote(image)} names no version: the same commit can run another program tomorrow`;
      return [
        { id: 'image-not-pinned', ...about, message, hint: 'name a tag other than latest, or a digest' },
      ];
    }
    if (!demanded || /^sha256:[a-f0-9]{64}$/.test(digest ?? '')) return [];
    const message = `the image ${quote(image)} has no digest, which images.requireDigest of the platform demands`;
    return [{ id: 'image-without-digest', ...about, message, hint: 'add image.digest' }];
  });
}

/** A CPU limit is not asked for: it throttles pods while CPU is idle. */
const ASKED = [
  ['requests', 'cpu'],
  ['requests', 'memory'],
  ['limits', 'memory'],
] as const;

function resources(workload: Workload, environment: Environment): Raw[] {
  return containersOf(workload).flatMap(({ container, path }) =>
    ASKED.flatMap(([side, name]) =>
      rawIf(container.resources?.[side]?.[name] === undefined, () => ({
        id: 'resources-missing',
        service: workload.service,
        keys: statedAt(workload, container, environment, 'resources', side, name),
        field: fieldOf(workload, ...path, 'resources'),
        message: `the container ${quote(container.name)} of ${nameOf(workload)} has no resources.${side}.${name}`,
        hint: 'what is not requested is not reserved, and what is not limited takes from others',
      })),
    ),
  );
}

/** A workload behind a Service says when it is ready, and when it hangs. */
function probes(workload: Workload, environment: Environment): Raw[] {
  if (!isLasting(workload) || !isServed(workload, environment)) return [];
  const [first] = workload.pod.containers;
  return (['readiness', 'liveness'] as const).flatMap((name) =>
    rawIf(first?.[`${name}Probe`] === undefined, () => ({
      id: 'probe-missing',
      service: workload.service,
      keys: [['health', name], ['health'], ['kind']],
      field: fieldOf(workload, ...workload.podPath, 'containers', '0', `${name}Probe`),
      message: `${nameOf(workload)} answers requests and has no ${name} probe`,
      hint: `set health.${name}`,
    })),
  );
}

const single = (workload: Workload): Raw => ({
  id: 'single-replica',
  service: workload.service,
  keys: [['autoscaling', 'min'], ['replicas'], ['kind']],
  field: fieldOf(workload, 'spec', 'replicas'),
  message: `${nameOf(workload)} can be down to ${pods(workload.pods.min)}: each drain and each failure of a node takes it away`,
  hint: 'run at least two',
});

const zero = (workload: Workload): Raw => ({
  id: 'scales-to-zero',
  service: workload.service,
  keys: [['autoscaling', 'min']],
  field: { kind: 'ScaledObject', path: ['spec', 'minReplicaCount'] },
  message: `${nameOf(workload)} answers requests and can be down to no pod: what comes then is refused, and nothing holds it until a pod is ready`,
  hint: 'keep one pod at least, and two for drains',
});
