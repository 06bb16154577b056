import type { Platform } from '../../schema/platform.ts';
import type { Service } from '../../schema/service.ts';
import type { Neighbours, ServiceFacts } from '../facts.ts';
import type { Finding } from '../resolved.ts';

/** What a rule about a service may look at. */
export interface ServiceScene {
  name: string;
  service: Service;
  facts: ServiceFacts;
  platform: Platform;
  environment: string;
  /** All services that are enabled in the environment, by name. */
  neighbours: Neighbours;
}

/** Finds what the schema cannot: keys that contradict each other or name something that is not there. */
export type ServiceRule = (scene: ServiceScene) => Finding[];

/** Finds what the schema cannot in a platform, given the names of its services. */
export type PlatformRule = (platform: Platform, services: ReadonlySet<string>) => Finding[];

/** A list with the finding if the condition holds, otherwise an empty one. */
export const findingIf = (condition: boolean, finding: () => Finding): Finding[] =>
  condition ? [finding()] : [];
