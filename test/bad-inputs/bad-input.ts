import type { Files } from '../support/repository.ts';

/** One mistake: what is different from the sample repository, and every line that it must cause. */
export interface BadInput {
  title: string;
  /** Files instead of those of the sample, or besides them. */
  files: Files;
  /** All problems, in order, exactly as they are printed. */
  problems: readonly string[];
  /** True to run the real command as well, as a process. */
  cli?: true;
}

/** What is allowed at the top of a service, as messages list it. */
export const SERVICE_KEYS =
  'allowedSecrets, args, autoscaling, command, concurrency, deadline, delivery, disruption, enabled, env, files, health, history, hooks, image, init, kind, metrics, network, order, owner, patch, ports, promote, replicas, resources, retries, rollout, route, schedule, sealed, secrets, security, shutdown, sidecars, slo, storage, suspend, timeZone, timeout, volumes, waivers';

/** What is allowed at the top of a platform, as messages list it. */
export const PLATFORM_KEYS =
  'allowedSecrets, argocd, autoscaling, charts, delivery, domain, extends, imagePullSecrets, images, kubernetesVersion, limits, monitoring, name, namespace, network, production, quota, rollouts, routing, secretStore, waivers';
