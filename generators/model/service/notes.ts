import { entries, equal, given, list, some, text, when } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';
import { image } from './container.ts';
import { hookName } from './hook.ts';

/** What Helm knows of a release, by the names that it has for it. */
export interface ReleaseValues {
  Namespace: string;
}

/** What a person is told who has just released a service: lines of text. */
export const notes = (service: ServiceValues, { Namespace }: ReleaseValues): string[] | undefined =>
  list<string>(
    text`${service.name} (${service.kind}), a part of ${service.partOf}, is released into ${Namespace}.`,
    '',
    text`Image: ${image(service.image)}`,
    given(service.owner, (owner) =>
      list<string>(
        text`Team: ${owner.team}${given(owner.slack, (channel) => text`, ${channel} in Slack`)}`,
        given(owner.runbook, (url) => text`When it breaks: ${url}`),
      ),
    ),
    when(some(service.gatewayRoutes), () => ['', 'Where it answers:']),
    entries(
      service.gatewayRoutes,
      (_, { gateway, hostname, path }) =>
        text`  ${given(gateway.listener, (listener) => when(equal(listener, 'https'), () => 'https://'))}${hostname}${path}`,
    ),
    given(service.ingress, ({ hosts, tlsSecret }) =>
      list<string>(
        '',
        'Where it answers:',
        entries(
          hosts,
          (_, { hostname, path }) => text`  ${given(tlsSecret, () => 'https://')}${hostname}${path}`,
        ),
      ),
    ),
    '',
    'Its pods:',
    text`  kubectl get pods --namespace ${Namespace} --selector app.kubernetes.io/name=${service.name}`,
    when(equal(service.workload, 'Deployment'), () => rollout(service, Namespace, 'deployment')),
    when(equal(service.workload, 'StatefulSet'), () => rollout(service, Namespace, 'statefulset')),
    when(
      equal(service.workload, 'Rollout'),
      () => text`  kubectl argo rollouts status --namespace ${Namespace} ${service.name}`,
    ),
    '',
    'Their logs:',
    text`  kubectl logs --namespace ${Namespace} --selector app.kubernetes.io/name=${service.name} --all-containers --prefix --tail=100`,
    when(some(service.hooks.before), () => ['', 'The logs of what ran before:']),
    entries(service.hooks.before, (hook) => hookLogs(service, hook, Namespace)),
    when(some(service.hooks.after), () => ['', 'The logs of what ran after:']),
    entries(service.hooks.after, (hook) => hookLogs(service, hook, Namespace)),
  );

const rollout = (service: ServiceValues, namespace: string, kind: string) =>
  text`  kubectl rollout status --namespace ${namespace} ${kind}/${service.name}`;

const hookLogs = (service: ServiceValues, hook: string, namespace: string) =>
  text`  kubectl logs --namespace ${namespace} job/${hookName(service, hook)}`;
