import type { IService } from 'kubernetes-models/v1';
import { list } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';
import { canaryService, stableService } from './canary-services.ts';
import { headlessService } from './headless-service.ts';
import { service } from './service.ts';

/** All addresses of a service inside the cluster. */
export const services = (values: ServiceValues): IService[] | undefined =>
  list<IService>(service(values), headlessService(values), stableService(values), canaryService(values));
