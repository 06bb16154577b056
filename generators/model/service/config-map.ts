import type { IConfigMap } from 'kubernetes-models/v1';
import { mapEntries, some, when } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';
import { metadata } from './metadata.ts';

/** The files of a service. */
export const configMap = (service: ServiceValues): IConfigMap | undefined =>
  when(some(service.files), () => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadata(service),
    data: fileData(service),
  }));

export const fileData = (service: ServiceValues) => mapEntries(service.files, (_, file) => file.content);
