import { type Static, Type } from 'typebox';
import { closed, count, Enabled, flag, named, optional, Resources, some, text } from './common.ts';

// The values of charts that need few of them.

const on = Type.Literal(true);
const budget = closed({ maxUnavailable: Type.Literal(1) });
const replicated = closed({ replicaCount: count });

export const BlackboxExporterSchema = closed({
  replicas: count,
  config: closed({
    modules: named(
      closed({
        prober: Type.Literal('http'),
        timeout: text,
        http: closed({ follow_redirects: on, preferred_ip_protocol: Type.Literal('ip4') }),
      }),
      '^[A-Za-z0-9_-]+$',
    ),
  }),
  resources: Resources,
  podDisruptionBudget: optional(budget),
  serviceMonitor: closed({ selfMonitor: Enabled }),
});

export const MetricsServerSchema = closed({
  replicas: count,
  podDisruptionBudget: closed({ enabled: flag, maxUnavailable: optional(Type.Literal(1)) }),
  metrics: Enabled,
  serviceMonitor: Enabled,
});

export const ExternalSecretsSchema = closed({
  installCRDs: on,
  replicaCount: count,
  leaderElect: flag,
  webhook: replicated,
  certController: replicated,
  serviceMonitor: closed({ enabled: flag, renderMode: Type.Literal('skipIfMissing') }),
});

export const CertManagerSchema = closed({
  crds: closed({ enabled: on, keep: on }),
  global: closed({ leaderElection: closed({ namespace: text }) }),
  replicaCount: count,
  webhook: replicated,
  cainjector: replicated,
  config: optional(
    closed({
      apiVersion: Type.Literal('controller.config.cert-manager.io/v1alpha1'),
      kind: Type.Literal('ControllerConfiguration'),
      gatewayAPI: closed({ enabled: on }),
    }),
  ),
});

export const EnvoyGatewaySchema = closed({
  crds: closed({ enabled: on }),
  deployment: closed({ replicas: count }),
});

export const ArgoRolloutsSchema = closed({
  installCRDs: on,
  keepCRDs: on,
  controller: closed({
    replicas: count,
    pdb: closed({ enabled: flag, maxUnavailable: optional(Type.Literal(1)) }),
    metrics: closed({ enabled: flag, serviceMonitor: Enabled }),
    trafficRouterPlugins: optional(some(closed({ name: text, location: text }))),
  }),
});

export type BlackboxExporterValues = Static<typeof BlackboxExporterSchema>;
export type MetricsServerValues = Static<typeof MetricsServerSchema>;
export type ExternalSecretsValues = Static<typeof ExternalSecretsSchema>;
export type CertManagerValues = Static<typeof CertManagerSchema>;
export type EnvoyGatewayValues = Static<typeof EnvoyGatewaySchema>;
export type ArgoRolloutsValues = Static<typeof ArgoRolloutsSchema>;
