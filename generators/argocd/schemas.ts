import { type Static, type TProperties, type TSchema, Type } from 'typebox';

// The fields of Argo CD's own objects that are generated, and no others: the CRDs let unknown fields pass in
// silence, these schemas refuse them. https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/

const optional = Type.Optional;
const text = Type.String({ minLength: 1 });
const texts = Type.Array(text, { minItems: 1, uniqueItems: true });
const closed = <T extends TProperties>(properties: T) =>
  Type.Object(properties, { additionalProperties: false });
/** A map with some keys, and more of one form. */
const named = <T extends TSchema>(pattern: string, value: T) =>
  Type.Record(Type.String({ pattern }), value, { additionalProperties: false });

const NAME = '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$';
const name = Type.String({ pattern: NAME, maxLength: 253 });
const labels = named('^(app\\.kubernetes\\.io|slipway\\.dev)/[a-z-]+$', text);
/** A name of an object of the cluster, or of some that begin or end alike; never of all. */
const clusterName = Type.String({ pattern: '^(\\*\\.)?[a-z0-9]([-a-z0-9.:]*[a-z0-9])?\\*?$' });
const kindItem = {
  group: Type.String({ pattern: '^[a-z0-9.-]*$' }),
  kind: Type.String({ pattern: '^[A-Z][A-Za-z]+$' }),
};
const destination = closed({ server: Type.String({ pattern: '^https://' }), namespace: name });

const IgnoredDifferenceSchema = closed({ ...kindItem, jqPathExpressions: texts });

const Source = closed({
  repoURL: text,
  targetRevision: text,
  path: Type.String({ pattern: '^[^/].*[^/]$' }),
  helm: optional(closed({ releaseName: name, valueFiles: texts })),
});

/** A chart of others, with values from this repository. */
const ChartSource = closed({
  repoURL: text,
  chart: name,
  targetRevision: text,
  helm: closed({
    releaseName: name,
    valueFiles: Type.Array(Type.String({ pattern: '^\\$values/' }), { minItems: 1 }),
  }),
});
const ValuesSource = closed({ repoURL: text, targetRevision: text, ref: Type.Literal('values') });

const Automated = closed({
  enabled: Type.Literal(true),
  prune: Type.Boolean(),
  selfHeal: Type.Boolean(),
});

const Retry = closed({
  limit: Type.Integer({ minimum: 1 }),
  backoff: closed({ duration: text, factor: Type.Integer({ minimum: 1 }), maxDuration: text }),
  refresh: Type.Boolean(),
});

/** An Application as it is generated. */
export const ApplicationSchema = closed({
  apiVersion: Type.Literal('argoproj.io/v1alpha1'),
  kind: Type.Literal('Application'),
  metadata: closed({
    name,
    namespace: name,
    labels,
    annotations: closed({
      'argocd.argoproj.io/sync-wave': optional(Type.String({ pattern: '^[0-9]+$' })),
      'argocd.argoproj.io/manifest-generate-paths': text,
    }),
    finalizers: optional(texts),
  }),
  spec: closed({
    project: name,
    source: Source,
    destination,
    syncPolicy: closed({ automated: optional(Automated), retry: optional(Retry), syncOptions: texts }),
    ignoreDifferences: optional(Type.Array(IgnoredDifferenceSchema, { minItems: 1 })),
  }),
});

/** The Application of a chart as it is generated. */
export const ChartApplicationSchema = closed({
  apiVersion: Type.Literal('argoproj.io/v1alpha1'),
  kind: Type.Literal('Application'),
  metadata: closed({
    name,
    namespace: name,
    labels,
    annotations: closed({
      'argocd.argoproj.io/sync-wave': Type.String({ pattern: '^[0-9]+$' }),
      'argocd.argoproj.io/compare-options': optional(Type.Literal('ServerSideDiff=true')),
    }),
  }),
  spec: closed({
    project: name,
    sources: Type.Tuple([ChartSource, ValuesSource]),
    destination,
    syncPolicy: closed({
      automated: optional(Automated),
      retry: optional(Retry),
      syncOptions: texts,
      managedNamespaceMetadata: optional(
        closed({ labels: named('^pod-security\\.kubernetes\\.io/enforce$', text) }),
      ),
    }),
  }),
});

const SyncWindow = closed({
  kind: Type.Union([Type.Literal('allow'), Type.Literal('deny')]),
  schedule: text,
  duration: text,
  timeZone: text,
  applications: texts,
  manualSync: Type.Boolean(),
});

/** An AppProject as it is generated. */
export const AppProjectSchema = closed({
  apiVersion: Type.Literal('argoproj.io/v1alpha1'),
  kind: Type.Literal('AppProject'),
  metadata: closed({
    name,
    namespace: name,
    labels,
    annotations: optional(named('^notifications\\.argoproj\\.io/subscribe\\.[a-z0-9-]+\\.slack$', text)),
  }),
  spec: closed({
    description: text,
    sourceRepos: texts,
    destinations: Type.Array(destination, { minItems: 1, uniqueItems: true }),
    clusterResourceWhitelist: optional(
      Type.Array(closed({ ...kindItem, name: clusterName }), { minItems: 1 }),
    ),
    namespaceResourceWhitelist: Type.Array(closed(kindItem), { minItems: 1, uniqueItems: true }),
    roles: optional(Type.Array(closed({ name: text, description: text, policies: texts }), { minItems: 1 })),
    syncWindows: optional(Type.Array(SyncWindow, { minItems: 1 })),
  }),
});

const nothing = Type.Array(Type.Never(), { maxItems: 0 });
const everyKind = Type.Array(closed({ group: Type.Literal('*'), kind: Type.Literal('*') }), {
  minItems: 1,
  maxItems: 1,
});

/** The project `default`, in which nothing is allowed. */
export const DefaultProjectSchema = closed({
  apiVersion: Type.Literal('argoproj.io/v1alpha1'),
  kind: Type.Literal('AppProject'),
  metadata: closed({ name: Type.Literal('default'), namespace: name }),
  spec: closed({
    description: text,
    sourceRepos: nothing,
    destinations: nothing,
    clusterResourceBlacklist: everyKind,
    namespaceResourceBlacklist: everyKind,
  }),
});

export type ChartApplicationObject = Static<typeof ChartApplicationSchema>;
export type ApplicationObject = Static<typeof ApplicationSchema>;
export type AppProjectObject = Static<typeof AppProjectSchema>;
export type DefaultProjectObject = Static<typeof DefaultProjectSchema>;
export type IgnoredDifference = Static<typeof IgnoredDifferenceSchema>;
export type SyncWindowObject = Static<typeof SyncWindow>;
