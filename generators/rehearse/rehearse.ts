import { inTemporaryFolder } from '../tools/archive.ts';
import { startApp } from './app.ts';
import type { Cast } from './cast.ts';
import { openDesk } from './desk.ts';
import { play, type Timing } from './play.ts';
import { programs } from './programs.ts';
import { freeAddress } from './server.ts';
import { inventedSecrets, writeAlertmanager, writePrometheus } from './settings.ts';
import { openStage, type Stage } from './stage.ts';

/** Programs and ears of a rehearsal. */
export interface Surroundings extends Pick<Timing, 'signal' | 'tell'> {
  /** Paths of the programs. */
  prometheus: string;
  alertmanager: string;
  /** Folder of an application that plays the service that fails; nobody but a counter if left out. */
  app?: string | undefined;
  /** Longest that it may take, from the first program to the last message; 85 seconds if left out. */
  seconds?: number;
}

/**
 * Lets a service fail in front of a real Prometheus and a real Alertmanager with the generated rules and routes, and
 * sees who is told. Minutes last seconds, nothing else is changed but addresses. Everything it starts has ended and
 * everything it wrote is gone when it returns, or throws.
 *
 * @returns what did not happen as it should, or happened and should not; empty when all went well.
 */
export const rehearse = (cast: Cast, surroundings: Surroundings): Promise<string[]> =>
  inTemporaryFolder(async (folder) => {
    const secrets = inventedSecrets(cast);
    const desk = await openDesk(secrets.get('slack/token'));
    const running = programs(surroundings.signal);
    let stage: Stage | undefined;
    try {
      const { app } = surroundings;
      const played = app === undefined ? [] : [await startApp(running, app, cast.failing)];
      stage = await openStage(
        [cast.failing, cast.other],
        new Map(played.map((one) => [cast.failing.service, one])),
      );
      const [prometheus, alertmanager] = [await freeAddress(), await freeAddress()];
      const routing = writeAlertmanager(folder, cast, secrets, desk.address);
      await running.start(
        'Alertmanager',
        surroundings.alertmanager,
        [
          `--config.file=${routing}`,
          `--storage.path=${folder}/alertmanager`,
          `--web.listen-address=${alertmanager}`,
          '--cluster.listen-address=',
        ],
        alertmanager,
      );
      const { metrics, address } = stage;
      const rules = writePrometheus(folder, cast, { alertmanager, stage: address, metrics });
      await running.start(
        'Prometheus',
        surroundings.prometheus,
        [
          `--config.file=${rules}`,
          `--storage.tsdb.path=${folder}/prometheus`,
          `--web.listen-address=${prometheus}`,
          '--query.lookback-delta=5s',
          '--rules.alert.resend-delay=1s',
        ],
        prometheus,
      );
      const { signal, tell, seconds = 85 } = surroundings;
      const all = { cast, secrets, desk, stage, prometheus, alertmanager };
      return await play(all, { signal, tell, seconds });
    } finally {
      await Promise.allSettled([running.stop(), stage?.close(), desk.close()]);
    }
  });
