import type { IScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject';
import type { KubernetesObject } from '../../model/object.ts';
import { suggestion } from '../../problems/nearest.ts';
import type { Raw } from '../finding.ts';
import { scalersOf } from '../scaler.ts';
import { ofKind } from '../workload.ts';
import type { ServiceHere } from '../world.ts';
import { nameOf, rawIf } from './rule.ts';

/** What scales has something to scale, and signs in with what is there. */
export const scaling = (service: ServiceHere): Raw[] => [...targets(service), ...authentications(service)];

function targets({ name: service, objects, workloads }: ServiceHere): Raw[] {
  const known = workloads.map(({ kind, name }) => {
    const { apiVersion = '' } =
      objects.find((object) => object.kind === kind && object.metadata.name === name) ?? {};
    return `${apiVersion} ${nameOf({ kind, name })}`;
  });
  return scalersOf(objects).flatMap(({ kind, name, target }) => {
    const wanted = `${target.apiVersion} ${nameOf(target)}`;
    return rawIf(!known.includes(wanted), () => ({
      id: 'autoscaler-unresolved',
      service,
      keys: [['autoscaling']],
      field: { kind, path: ['spec', 'scaleTargetRef'] },
      message: `${kind}/${name} scales ${wanted}, which is not generated`,
      hint: suggestion(wanted, known),
    }));
  });
}

function authentications({ name: service, objects }: ServiceHere): Raw[] {
  const known = objects
    .filter(({ kind }) => kind === 'TriggerAuthentication')
    .map(({ metadata }) => metadata.name);
  return ofKind<IScaledObject & KubernetesObject>(objects, 'ScaledObject').flatMap(({ metadata, spec }) =>
    spec.triggers.flatMap(({ type, authenticationRef }, index) => {
      const { kind = 'TriggerAuthentication', name = '' } = authenticationRef ?? {};
      const lost = authenticationRef !== undefined && kind === 'TriggerAuthentication';
      return rawIf(lost && !known.includes(name), () => ({
        id: 'autoscaler-unresolved',
        service,
        keys: [['autoscaling', 'triggers'], ['autoscaling']],
        field: { kind: 'ScaledObject', path: ['spec', 'triggers', String(index)] },
        message: `a ${type} trigger of ScaledObject/${metadata.name} signs in by TriggerAuthentication/${name}, which is not generated`,
        hint: suggestion(name, known),
      }));
    }),
  );
}
