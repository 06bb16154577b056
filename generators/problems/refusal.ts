import { suggestion } from './nearest.ts';
import { quote } from './problem.ts';

/** What was asked for cannot be done; the message says why, and the way out. */
export class Refusal extends Error {
  override name = 'Refusal';
}

/** A command names an environment or a service that there is not. */
export class UnknownSubjectError extends Refusal {
  override name = 'UnknownSubjectError';

  /**
   * @param what what was named.
   * @param known the names that there are.
   * @param place environment in which the service was looked for.
   */
  constructor(what: 'environment' | 'service', name: string, known: readonly string[], place?: string) {
    const where = place === undefined ? '' : ` in ${place}`;
    super(`no ${what} ${quote(name)}${where}; ${suggestion(name, known)}`);
  }
}
