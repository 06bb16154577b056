import type { Static } from 'typebox';
import type { Size } from '../resolve/stack.ts';
import type { Resources } from './schemas/common.ts';

type ResourcesValues = Static<typeof Resources>;

/** What the parts of the monitoring get, for each of their pods. Volumes are in GiB. */
export interface Sizing {
  prometheus: ResourcesValues & { volume: number };
  alertmanager: ResourcesValues & { volume: number };
  grafana: ResourcesValues & { volume: number };
  operator: ResourcesValues;
  kubeStateMetrics: ResourcesValues;
  nodeExporter: ResourcesValues;
  loki: ResourcesValues & { volume: number };
  /** MiB of memory of Loki's caches; none if undefined. */
  lokiCaches?: { chunks: number; results: number };
  alloy: ResourcesValues;
  blackboxExporter: ResourcesValues;
  /** Samples that Prometheus takes from one target; more is a defect of the target. */
  sampleLimit: number;
}

const resources = (cpu: string, memory: string, most = memory): ResourcesValues => ({
  requests: { cpu, memory },
  limits: { memory: most },
});
const withVolume = (volume: number, ...of: Parameters<typeof resources>) => ({ ...resources(...of), volume });

/**
 * About as many series as a Prometheus holds in this memory: 200,000, 1,000,000 and 4,000,000, at some 3 KiB for each and as
 * much again for queries. On disk a sample takes one to two bytes:
 * https://prometheus.io/docs/prometheus/latest/storage/#operational-aspects
 */
export const SIZES: Readonly<Record<Size, Sizing>> = {
  small: {
    prometheus: withVolume(20, '100m', '1Gi', '2Gi'),
    alertmanager: withVolume(1, '10m', '64Mi', '128Mi'),
    grafana: withVolume(2, '50m', '192Mi', '512Mi'),
    operator: resources('20m', '64Mi', '256Mi'),
    kubeStateMetrics: resources('10m', '64Mi', '256Mi'),
    nodeExporter: resources('20m', '32Mi', '96Mi'),
    loki: withVolume(20, '100m', '512Mi', '1Gi'),
    alloy: resources('50m', '128Mi', '384Mi'),
    blackboxExporter: resources('10m', '32Mi', '64Mi'),
    sampleLimit: 100_000,
  },
  medium: {
    prometheus: withVolume(100, '500m', '6Gi', '8Gi'),
    alertmanager: withVolume(2, '20m', '96Mi', '256Mi'),
    grafana: withVolume(5, '100m', '256Mi', '1Gi'),
    operator: resources('50m', '128Mi', '512Mi'),
    kubeStateMetrics: resources('20m', '128Mi', '512Mi'),
    nodeExporter: resources('50m', '48Mi', '128Mi'),
    loki: withVolume(50, '500m', '2Gi', '4Gi'),
    lokiCaches: { chunks: 1024, results: 256 },
    alloy: resources('100m', '192Mi', '512Mi'),
    blackboxExporter: resources('20m', '48Mi', '96Mi'),
    sampleLimit: 200_000,
  },
  large: {
    prometheus: withVolume(500, '2', '24Gi', '32Gi'),
    alertmanager: withVolume(5, '50m', '128Mi', '512Mi'),
    grafana: withVolume(10, '250m', '512Mi', '2Gi'),
    operator: resources('100m', '256Mi', '1Gi'),
    kubeStateMetrics: resources('100m', '512Mi', '2Gi'),
    nodeExporter: resources('100m', '64Mi', '192Mi'),
    loki: withVolume(100, '2', '8Gi', '16Gi'),
    lokiCaches: { chunks: 8192, results: 1024 },
    alloy: resources('250m', '256Mi', '1Gi'),
    blackboxExporter: resources('50m', '64Mi', '128Mi'),
    sampleLimit: 500_000,
  },
};

/** The resources of an entry alone. */
export const resourcesOf = ({ requests, limits }: ResourcesValues): ResourcesValues => ({ requests, limits });
