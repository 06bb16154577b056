import type { IRollout } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/Rollout';
import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1';
import type { KubernetesObject } from '../../model/object.ts';
import { suggestion } from '../../problems/nearest.ts';
import { quote } from '../../problems/problem.ts';
import { canaryShare } from '../arithmetic/rollout.ts';
import { canaryStrategy, routesOf, weightsOf } from '../canary.ts';
import type { Raw } from '../finding.ts';
import { ofKind, type Workload } from '../workload.ts';
import type { ServiceHere } from '../world.ts';
import { pods, type Rule, rawIf } from './rule.ts';

type Named<T> = T & KubernetesObject;

/** A canary gets the share that is said, of all requests, and ends when it is bad. */
export const canary: Rule = ({ services }) =>
  [...services.values()].flatMap((service) =>
    ofKind<Named<IRollout>>(service.objects, 'Rollout').flatMap((rollout) => [
      ...analyses(service, rollout),
      ...versions(service, rollout),
      ...routed(service, rollout),
      ...steps(service, rollout),
    ]),
  );

const namesOf = ({ objects }: ServiceHere, kind: string): string[] =>
  objects.filter((object) => object.kind === kind).map(({ metadata }) => metadata.name);

const strategyOf = ({ spec }: IRollout) => spec.strategy?.canary ?? {};

const unresolved = (
  service: ServiceHere,
  path: readonly string[],
  message: string,
  hint: string,
  kind = 'Rollout',
): Raw => ({
  id: 'canary-unresolved',
  service: service.name,
  keys: [['rollout']],
  field: { kind, path },
  message,
  hint,
});

const CANARY = ['spec', 'strategy', 'canary'];

/** Somebody looks at the canary, by templates that are there. */
function analyses(service: ServiceHere, rollout: Named<IRollout>): Raw[] {
  const known = namesOf(service, 'AnalysisTemplate');
  const { analysis, steps = [] } = strategyOf(rollout);
  const all = [analysis, ...steps.map((step) => step.analysis)].flatMap((one) => one?.templates ?? []);
  const named = all.flatMap(({ templateName, clusterScope }) =>
    clusterScope === true ? [] : (templateName ?? ''),
  );
  const path = [...CANARY, 'analysis'];
  const about = `Rollout/${rollout.metadata.name}`;
  return [
    ...rawIf(all.length === 0, () =>
      unresolved(
        service,
        path,
        `nobody looks at a canary of ${about}: a bad version takes over as a good one does`,
        'delete it from the patch',
      ),
    ),
    ...named
      .filter((name) => !known.includes(name))
      .map((name) =>
        unresolved(
          service,
          path,
          `${about} is looked at by AnalysisTemplate/${name}, which is not generated`,
          suggestion(name, known),
        ),
      ),
  ];
}

/** Both versions have a Service of their own, which is there. */
function versions(service: ServiceHere, rollout: Named<IRollout>): Raw[] {
  const { stableService, canaryService, trafficRouting } = strategyOf(rollout);
  if (trafficRouting === undefined) return [];
  const known = namesOf(service, 'Service');
  return Object.entries({ stableService, canaryService }).flatMap(([key, name = '']) =>
    rawIf(!known.includes(name) || stableService === canaryService, () =>
      unresolved(
        service,
        [...CANARY, key],
        `the ${key} of Rollout/${rollout.metadata.name} is ${quote(name)}, which is not a Service of its own`,
        suggestion(name, known),
      ),
    ),
  );
}

/** What divides requests leads to both versions, and every route of the service is divided. */
function routed(service: ServiceHere, rollout: Named<IRollout>): Raw[] {
  const strategy = strategyOf(rollout);
  const { trafficRouting, stableService = '', canaryService = '' } = strategy;
  if (trafficRouting === undefined) return [];
  const changed = routesOf(strategy) ?? [];
  const routes = ofKind<Named<IHTTPRoute>>(service.objects, 'HTTPRoute');
  const names = routes.map(({ metadata }) => metadata.name);
  const path = [...CANARY, 'trafficRouting'];
  const lost = changed.filter((name) => !names.includes(name));
  const left = names.filter((name) => !changed.includes(name));
  return [
    ...lost.map((name) =>
      unresolved(
        service,
        path,
        `a canary changes the weights of HTTPRoute/${name}, which is not generated`,
        suggestion(name, names),
      ),
    ),
    ...left.map((name) =>
      unresolved(
        service,
        path,
        `no canary changes the weights of HTTPRoute/${name}`,
        'delete it from the patch',
      ),
    ),
    ...routes.flatMap(({ metadata, spec }) =>
      (spec?.rules ?? []).flatMap(({ backendRefs = [] }, index) => {
        const leads = [stableService, canaryService].filter(
          (one) => !backendRefs.some(({ name }) => name === one),
        );
        return leads.map((one) =>
          unresolved(
            service,
            ['spec', 'rules', String(index), 'backendRefs'],
            `HTTPRoute/${metadata.name} does not lead to the Service ${quote(one)}, so that a canary cannot divide its requests`,
            'delete it from the patch',
            'HTTPRoute',
          ),
        );
      }),
    ),
    ...ingress(service, trafficRouting.nginx?.stableIngress, stableService),
  ];
}

/** ingress-nginx copies the Ingress that leads to the old version. */
function ingress(service: ServiceHere, wanted: string | undefined, stable: string): Raw[] {
  if (wanted === undefined) return [];
  const all = ofKind<Named<IIngress>>(service.objects, 'Ingress');
  const found = all.find(({ metadata }) => metadata.name === wanted);
  const leads = (found?.spec?.rules ?? []).some(({ http }) =>
    http?.paths.some(({ backend }) => backend.service?.name === stable),
  );
  return rawIf(!leads, () =>
    unresolved(
      service,
      [...CANARY, 'trafficRouting', 'nginx'],
      `a canary divides the requests of Ingress/${wanted}, which does not lead to the Service ${quote(stable)}`,
      suggestion(
        wanted,
        all.map(({ metadata }) => metadata.name),
      ),
    ),
  );
}

/** Shares grow, and where pods alone divide the requests there are enough of them to do so. */
function steps(service: ServiceHere, rollout: Named<IRollout>): Raw[] {
  const strategy = canaryStrategy(rollout);
  const weights = weightsOf(strategyOf(rollout));
  const workload = service.workloads.find(
    ({ name, kind }) => kind === 'Rollout' && name === rollout.metadata.name,
  );
  const about = {
    service: service.name,
    keys: [['rollout', 'steps'], ['rollout']],
    field: { kind: 'Rollout', path: [...CANARY, 'steps'] },
  };
  const at = weights.findIndex((weight, index) => index > 0 && weight <= (weights[index - 1] ?? 0));
  return [
    ...rawIf(weights.length === 0 || at > 0, () => ({
      id: 'canary-steps',
      ...about,
      message:
        weights.length === 0
          ? 'the canary has no step with a share of the requests: it gets all at once'
          : `the shares of the canary do not grow: ${weights[at]}% comes after ${weights[at - 1]}%`,
      hint: 'delete it from the patch',
    })),
    ...(strategy.routed || workload === undefined ? [] : coarse(workload, weights[0], about)),
  ];
}

/** A first share of more than twice what is said is another thing than was meant. */
function coarse(
  workload: Workload,
  weight: number | undefined,
  about: Pick<Raw, 'service' | 'keys' | 'field'>,
): Raw[] {
  const least = Math.max(1, workload.pods.min);
  if (weight === undefined || workload.strategy === undefined) return [];
  const { canary, total } = canaryShare(least, weight, workload.strategy);
  const share = Math.round((canary * 100) / total);
  return rawIf(share > 2 * weight, () => ({
    id: 'canary-coarse',
    ...about,
    message: `at ${pods(least)} the first share of ${weight}% is ${canary} of ${total}: the canary gets ${share}% of the requests, as only pods divide them`,
    hint: `run more pods, begin with ${share}%, or divide requests by a route (rollouts.traffic of the platform)`,
  }));
}
