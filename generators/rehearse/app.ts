import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { labelsFor } from '../alerts/examples.ts';
import { Refusal } from '../problems/refusal.ts';
import type { Player } from './cast.ts';
import type { Programs } from './programs.ts';
import { freeAddress, portOf } from './server.ts';

/** A program that plays a service: it answers requests, and counts them itself. */
export interface App {
  /** Where it answers its users. */
  users: string;
  /** Where it shows its metrics. */
  cluster: string;
  /** Makes it fail every request, or none. */
  setFailing(fails: boolean): Promise<void>;
}

const PROGRAM = 'server.js';

/**
 * Starts an application like the sample in `test/app`: `server.js` listens on PORT and CLUSTER_PORT, has `/readyz` and
 * `/metrics` on the second, and takes there what share of requests shall fail.
 *
 * @param folder of the application.
 * @param player the service that it plays; the label with the status is called as its rules ask for it.
 * @throws Refusal when there is no such program, or it does not start.
 */
export async function startApp(programs: Programs, folder: string, player: Player): Promise<App> {
  const program = join(folder, PROGRAM);
  if (!existsSync(program)) throw new Refusal(`there is no ${PROGRAM} in ${folder}`);
  const [users, cluster] = [await freeAddress(), await freeAddress()];
  const [status = 'code'] = Object.keys(labelsFor(player.rules.availability?.failed ?? ''));
  await programs.start('the application', process.execPath, [program], cluster, {
    ready: '/readyz',
    env: { PORT: portOf(users), CLUSTER_PORT: portOf(cluster), DRAIN_MS: '0', STATUS_LABEL: status },
  });
  return {
    users,
    cluster,
    async setFailing(fails) {
      const body = JSON.stringify({ errorRate: fails ? 1 : 0, delay: 0 });
      const { ok } = await fetch(`http://${cluster}/behaviour`, { method: 'PUT', body });
      if (!ok) throw new Refusal(`the application does not let itself be told to ${fails ? 'fail' : 'work'}`);
    },
  };
}
