import type { CheckFinding, Raw } from './finding.ts';
import { sortFindings } from './format.ts';
import { undeclaredDifferences } from './parity/undeclared.ts';
import { placed } from './place.ts';
import { rules } from './rules/index.ts';
import { severityOf } from './severity.ts';
import { Waivers } from './waivers.ts';
import { type Environment, readWorld, type World } from './world.ts';

/** What a run of all checks found. */
export interface CheckReport {
  environments: number;
  services: number;
  findings: readonly CheckFinding[];
  /** Findings that a waiver accepts. */
  waived: number;
}

/**
 * Runs all checks on a repository.
 *
 * @param root the repository.
 * @param today `YYYY-MM-DD`, for waivers.
 * @throws ProblemsError with all problems of all inputs.
 */
export const check = (root: string, today: string): CheckReport => checkWorld(readWorld(root), today);

/** Runs all checks on objects that may be others than the inputs say. */
export function checkWorld(world: World, today: string): CheckReport {
  const waivers = new Waivers(world, today);
  const undeclared = undeclaredDifferences(world);
  const all = [...world.values()].map((environment): [Environment, Raw[]] => [
    environment,
    [...rules.flatMap((rule) => rule(environment)), ...(undeclared.get(environment.name) ?? [])],
  ]);
  const findings: CheckFinding[] = [];
  let waived = 0;
  for (const [environment, raws] of all) {
    for (const raw of raws) {
      const service = raw.service === undefined ? undefined : environment.services.get(raw.service);
      const { platform, platformObjects } = environment;
      const owners = service === undefined ? [platform] : [service.resolved, platform];
      if (waivers.waives(raw.id, owners)) {
        waived++;
        continue;
      }
      const [owner = platform] = owners;
      const problem = placed(raw, owner, service?.objects ?? platformObjects, environment.name);
      findings.push({ ...problem, id: raw.id, severity: severityOf(raw.id) });
    }
  }
  const services = new Set([...world.values()].flatMap((environment) => [...environment.services.keys()]));
  return {
    environments: world.size,
    services: services.size,
    findings: sortFindings([...findings, ...waivers.findings()]),
    waived,
  };
}

/** The day of a moment, as waivers write it (UTC). */
export const dayOf = (date: Date): string => date.toISOString().slice(0, 10);
