import { idOf, type KubernetesObject } from '../../model/object.ts';
import type { Raw } from '../finding.ts';
import { MATCH_LABEL_KEYS, type Minor, minorOf, SLEEP_ACTION, servedIn } from '../versions.ts';
import { drainOf, type Workload } from '../workload.ts';
import { allWorkloads, fieldOf, nameOf, type Rule, rawIf } from './rule.ts';

/** The cluster of an environment serves what it is given. Where its version is not said, what any version has removed is refused. */
export const api: Rule = (environment) => {
  const { platform, platformObjects, services } = environment;
  const said = platform.value.kubernetesVersion;
  const version = said === undefined ? undefined : minorOf(said);
  return [
    ...platformObjects.flatMap((object) => objectFindings(undefined, object, version)),
    ...[...services].flatMap(([name, { objects }]) =>
      objects.flatMap((object) => objectFindings(name, object, version)),
    ),
    ...(version === undefined
      ? []
      : allWorkloads(environment).flatMap((workload) => fieldFindings(workload, version))),
  ];
};

function objectFindings(
  service: string | undefined,
  object: KubernetesObject,
  version: Minor | undefined,
): Raw[] {
  const { apiVersion, kind } = object;
  const served = servedIn(apiVersion, kind);
  const about = {
    service,
    keys: service === undefined ? [['kubernetesVersion'], ['name']] : [['kind']],
    field: { kind, path: ['apiVersion'] },
  };
  const { from = 0, until } = served ?? {};
  return [
    ...rawIf(until !== undefined && (version ?? until) >= until, () => ({
      id: 'api-removed',
      ...about,
      message: `${idOf(object)} is of ${apiVersion}, which Kubernetes 1.${until} and later do not serve`,
      hint: 'use the version that came after it',
    })),
    ...rawIf(version !== undefined && version < from, () => ({
      id: 'api-too-new',
      ...about,
      message: `${idOf(object)} is of ${apiVersion}, which Kubernetes serves from 1.${from} on; the cluster has 1.${version}`,
      hint: 'upgrade the cluster',
    })),
  ];
}

function fieldFindings(workload: Workload, version: Minor): Raw[] {
  const tooNew = (from: Minor, what: string, path: readonly string[], keys: readonly string[][]): Raw[] =>
    rawIf(version < from, () => ({
      id: 'api-too-new',
      service: workload.service,
      keys,
      field: fieldOf(workload, ...workload.podPath, ...path),
      message: `${nameOf(workload)} uses ${what}, which Kubernetes has from 1.${from} on; the cluster has 1.${version}`,
      hint: 'upgrade the cluster',
    }));
  const keyed = (workload.pod.topologySpreadConstraints ?? []).some(
    ({ matchLabelKeys }) => matchLabelKeys !== undefined,
  );
  return [
    ...(drainOf(workload) > 0
      ? tooNew(
          SLEEP_ACTION,
          'the sleep action of preStop',
          ['containers', '0', 'lifecycle'],
          [['shutdown', 'drain'], ['kind']],
        )
      : []),
    ...(keyed
      ? tooNew(
          MATCH_LABEL_KEYS,
          'matchLabelKeys of a spread constraint',
          ['topologySpreadConstraints'],
          [['kind']],
        )
      : []),
  ];
}
