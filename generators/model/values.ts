import type { ServiceValues } from '../schema/service-values.ts';

export type { ServiceValues };

export type ProbeValues = NonNullable<ServiceValues['health']['readiness']>;
export type GatewayRouteValues = ServiceValues['gatewayRoutes'][string];
export type IngressValues = NonNullable<ServiceValues['ingress']>;
export type NetworkValues = ServiceValues['network'];
export type CronValues = NonNullable<ServiceValues['cron']>;
export type StatefulValues = NonNullable<ServiceValues['stateful']>;
export type StorageValues = StatefulValues['storage'][string];
/** What a service gets from the secret store. */
export type SecretValues = NonNullable<ServiceValues['secrets']>;
export type SealedValues = NonNullable<ServiceValues['sealed']>;
export type ScaledObjectValues = NonNullable<ServiceValues['scaledObject']>;
export type RolloutValues = NonNullable<ServiceValues['rollout']>;
export type PortValues = ServiceValues['ports'][string];
/** A port that a connection may use. */
export type PeerPort = NetworkValues['ports'][number];
/** The alerts of a service. */
export type RulesValues = NonNullable<ServiceValues['rules']>;
/** What the blackbox exporter asks. */
export type ProbeTargets = NonNullable<ServiceValues['probe']>;
export type SidecarValues = ServiceValues['sidecars'][string];
export type ExtraValues = ServiceValues['init'][string];
/** What a container gets of Secrets. */
export type SecretsSeen = NonNullable<ExtraValues['secrets']>;
export type HookValues = ServiceValues['hooks']['after'][string];
export type HooksValues = ServiceValues['hooks'];

/** What the model functions of a platform read. */
export interface PlatformValues {
  name: string;
  namespace: string;
  quota: Readonly<Record<string, string>>;
  limits?: Readonly<
    Partial<Record<'default' | 'defaultRequest' | 'min' | 'max', Readonly<Record<string, string>>>>
  >;
  /** Present when the Gateway is generated. */
  gateway?: { name: string; className: string; hostname: string; tlsSecret?: string; issuer?: string };
  /** Present when the secret store is generated; it has exactly one provider. */
  secretStore?: SecretStoreValues;
  /** How Argo CD treats what holds data. */
  syncOptions?: string;
  /** Dashboards of Grafana by name, as JSON; present when they are generated. */
  dashboards?: Readonly<Record<string, string>>;
  /** Present when anything of the monitoring is generated. */
  monitoring?: MonitoringValues;
}

/** What stands in the namespace of the monitoring. */
export interface MonitoringValues {
  /** Present when the namespace is generated. */
  namespace?: string;
  /** Present when a store is generated for its secrets. */
  store?: SecretStoreValues;
  /** By name of the Secret, its entries and where they come from. */
  secrets: Readonly<Record<string, SecretValues>>;
}

export interface SecretStoreValues {
  name: string;
  aws?: { service: 'SecretsManager' | 'ParameterStore'; region: string; role: string };
  google?: { project: string; serviceAccount: string };
  azure?: { vaultUrl: string; clientId: string; tenantId: string };
  vault?: { server: string; path: string; version: 'v1' | 'v2'; role: string; mount: string };
  kubernetes?: { namespace: string };
}
