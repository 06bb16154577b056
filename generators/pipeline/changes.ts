import { readServices, statedIn } from '../edit/stated.ts';
import { shortId } from '../git/commit.ts';
import { gitLines, tryGit } from '../git/run.ts';
import type { Json } from '../json/json.ts';
import { parseLayer } from '../read/layer.ts';
import { mergePatch, serviceNulls } from '../resolve/merge.ts';
import { valueAt } from '../resolve/resolved.ts';
import { codeSpan, plainText } from './text.ts';

/** A commit between what one environment runs and what another one does. */
export interface Between {
  id: string;
  date: string;
  subject: string;
  /** Where the build comes from, as the commit that deployed it says: `owner/name@commit`. */
  source: string | undefined;
}

/** More commits than this are not listed. */
const MOST_COMMITS = 50;

/**
 * The commits that changed a service where it comes from, since it ran there what it still runs where it goes.
 *
 * @param root a clone with its history.
 * @param from the environment whose commits are listed, such as staging.
 * @param to the environment that is behind, such as production.
 * @returns the newest first; the last fifty where `from` never ran what `to` runs.
 * @throws UnknownSubjectError when there is no such environment or service.
 */
export function commitsBetween(root: string, service: string, from: string, to: string): Between[] {
  const services = readServices(root, service);
  const source = statedIn(services, from, service);
  const wanted = imageOf(statedIn(services, to, service).value);
  const files = [
    ...new Set([...source.earlier.map(({ file }) => file), `environments/${from}/services/${service}.yaml`]),
  ];
  const found: Between[] = [];
  const format = '--format=%H%x09%cs%x09%s%x09%(trailers:key=Source,valueonly,separator=%x20)';
  for (const line of gitLines(root, ['log', `--max-count=${MOST_COMMITS}`, format, 'HEAD', '--', ...files])) {
    const [id = '', date = '', subject = '', source = ''] = line.split('\t');
    if (imageAt(root, id, files) === wanted) break;
    found.push({ id, date, subject, source: source === '' ? undefined : source });
  }
  return found;
}

function imageAt(root: string, commit: string, files: readonly string[]): string {
  const layers = files.map((file) => {
    const { status, stdout } = tryGit(root, ['show', '--end-of-options', `${commit}:./${file}`]);
    const text = status === 0 ? stdout.toString() : '';
    return parseLayer(file, '', 'service', text).layer?.value ?? {};
  });
  return imageOf(layers.reduce<Json>((before, layer) => mergePatch(before, layer, serviceNulls), {}));
}

const imageOf = (service: Json): string =>
  JSON.stringify([valueAt(service, ['image', 'tag']), valueAt(service, ['image', 'digest'])]);

/** The list as Markdown. */
export function formatBetween(service: string, commits: readonly Between[]): string {
  const lines = commits.map(({ id, date, subject, source }) => {
    const origin = source === undefined ? '' : ` (${codeSpan(source)})`;
    return `- ${shortId(id)} ${date} ${codeSpan(subject)}${origin}`;
  });
  const more = commits.length === MOST_COMMITS ? [`- … only the last ${MOST_COMMITS} are listed`] : [];
  const list = lines.length === 0 ? ['- none that this repository knows of'] : [...lines, ...more];
  return [`**${plainText(service)}**`, '', ...list].join('\n');
}
