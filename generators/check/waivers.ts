import type { Problem } from '../problems/problem.ts';
import { originOf, problemOf, type Resolved } from '../resolve/resolved.ts';
import { CHECK_IDS, type CheckId } from '../schema/check-ids.ts';
import type { Waiver } from '../schema/waivers.ts';
import type { CheckFinding, WaiverId } from './finding.ts';
import { severityOf } from './severity.ts';
import type { World } from './world.ts';

/** A waiver as it stands in one file, and whether any environment needed it. */
interface Stated {
  id: CheckId;
  until: string;
  owner: Resolved<unknown>;
  used: boolean;
}

/** The waivers of a repository. */
export class Waivers {
  readonly #today: string;
  readonly #stated = new Map<string, Stated>();

  /** @param today `YYYY-MM-DD`. */
  constructor(world: World, today: string) {
    this.#today = today;
    for (const { platform, services } of world.values()) {
      for (const owner of [platform, ...[...services.values()].map(({ resolved }) => resolved)]) {
        for (const id of CHECK_IDS) this.#state(owner, id);
      }
    }
  }

  #state(owner: Resolved<Waivable>, id: CheckId): Stated | undefined {
    const waiver = owner.value.waivers?.[id];
    const layer = originOf(owner.layers, ['waivers', id]);
    if (waiver === undefined || layer === undefined) return undefined;
    const key = `${layer.file} ${id}`;
    const known = this.#stated.get(key) ?? { id, until: waiver.until, owner, used: false };
    this.#stated.set(key, known);
    return known;
  }

  /** True when one of the owners waives the check today; the waiver counts as used, even when it has expired. */
  waives(id: CheckId, owners: readonly Resolved<Waivable>[]): boolean {
    const found = owners.flatMap((owner) => this.#state(owner, id) ?? []);
    for (const stated of found) stated.used = true;
    return found.some(({ until }) => until >= this.#today);
  }

  /** What is wrong with the waivers themselves, once all findings have been seen. */
  findings(): CheckFinding[] {
    return [...this.#stated.values()].flatMap(({ id, until, owner, used }) => {
      const about = (what: WaiverId, key: string[], message: string, hint: string): CheckFinding => {
        const problem: Problem = problemOf(owner, {
          path: ['waivers', id, ...key],
          at: 'key',
          message,
          hint,
        });
        return { ...problem, id: what, severity: severityOf(what) };
      };
      if (!used) return [about('waiver-idle', [], 'waives nothing', 'delete it')];
      if (until >= this.#today) return [];
      const message = `held until ${until}, and today is ${this.#today}`;
      return [about('waiver-expired', ['until'], message, 'mend what it waives, or say why it holds longer')];
    });
  }
}

/** What can have waivers: a service, a platform. */
export interface Waivable {
  waivers?: Partial<Record<string, Waiver>>;
}
