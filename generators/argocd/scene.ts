import type { ArgocdSettings } from '../resolve/argocd.ts';
import type { InstalledChart } from '../stack/catalog.ts';

/** What Argo CD needs to know of a service or of a part of the platform in one environment. */
export interface Deployed {
  namespace: string;
  delivery: 'kustomize' | 'helm';
  /** Group and kind of its objects, each once, sorted: `apps/Deployment`; `/Service` for the core group. */
  kinds: readonly string[];
  /** Services that it calls, by name; names that are no service count for nothing. */
  calls: readonly string[];
}

/** An environment that Argo CD deploys. */
export interface ArgocdScene {
  environment: string;
  /** Name of the application as a whole. */
  application: string;
  /** That of its services; a part of the platform may have another. */
  namespace: string;
  /** True where the checks for production hold. */
  production: boolean;
  /** True when the Prometheus operator is there. */
  serviceMonitors: boolean;
  settings: ArgocdSettings;
  /** What is deployed, by the folder of its unit: services by name, parts of the platform as `platform/<part>`. */
  units: ReadonlyMap<string, Deployed>;
  /** The charts of others that it installs. */
  charts: readonly InstalledChart[];
  /** Folders of units that have a base. */
  bases: ReadonlySet<string>;
}

/** Group and kind of the one kind of ours that stands in no namespace. */
export const NAMESPACE = '/Namespace';

const PLATFORM = 'platform/';

/** True for the folder of a part of the platform. */
export const isPart = (unit: string): boolean => unit.startsWith(PLATFORM);

/** Group and kind of an object: `apps/Deployment`. */
export function groupKind({ apiVersion, kind }: { apiVersion: string; kind: string }): string {
  const slash = apiVersion.indexOf('/');
  return `${slash < 0 ? '' : apiVersion.slice(0, slash)}/${kind}`;
}

/** The group and the kind of {@link groupKind} by themselves. */
export function partsOf(kind: string): { group: string; kind: string } {
  const slash = kind.indexOf('/');
  return { group: kind.slice(0, slash), kind: kind.slice(slash + 1) };
}
