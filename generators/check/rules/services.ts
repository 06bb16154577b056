import type { IService } from 'kubernetes-models/v1';
import { once } from '../../json/once.ts';
import { ofKind } from '../workload.ts';
import type { Environment } from '../world.ts';

/** A Service object with the service of Slipway that it belongs to. */
export interface OwnedService {
  owner: string;
  name: string;
  labels: Readonly<Record<string, string>>;
  selector: Readonly<Record<string, string>>;
  ports: NonNullable<NonNullable<IService['spec']>['ports']>;
}

/** All Service objects of an environment, gathered once. */
export const allServices = once(({ services }: Environment): OwnedService[] =>
  [...services.values()].flatMap(({ name: owner, objects }) =>
    ofKind<IService & { metadata: { name: string; labels?: Record<string, string> } }>(
      objects,
      'Service',
    ).map(({ metadata: { name, labels = {} }, spec }) => ({
      owner,
      name,
      labels,
      selector: spec?.selector ?? {},
      ports: spec?.ports ?? [],
    })),
  ),
);
