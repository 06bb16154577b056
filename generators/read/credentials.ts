import { mentionsSecret } from '../credentials/entropy.ts';
import { formatsIn, mayHaveFormat } from '../credentials/formats.ts';
import { type Suspicion, suspicionsOf } from '../credentials/suspicion.ts';
import { keyOf } from '../problems/problem.ts';
import type { ListNode, MapNode, Node, ScalarNode } from './node.ts';

/** A problem with what looks like a credential, or with a permission for one. */
export interface CredentialProblem {
  offset: number;
  path: readonly string[];
  message: string;
}

/** Something suspicious and where it stands. */
interface Found {
  path: readonly string[];
  offset: number;
  rule: string;
}

/**
 * Looks for credentials in all keys, values and comments of an input file. What the file allows by name
 * under `allowedSecrets` is passed over; a permission that nothing needs is a problem itself.
 *
 * @param text the file.
 * @param root its document; undefined when it is not valid YAML.
 */
export function credentialProblems(text: string, root: Node | undefined): CredentialProblem[] {
  const permissions = permissionsIn(root);
  // An escape could spell a credential in another way: then every value is looked at.
  const formats = mayHaveFormat(text) || text.includes('\\');
  if (!formats && permissions.length === 0 && !mentionsSecret(text)) return [];
  const scan = new Scan(text, formats);
  if (root !== undefined) scan.visit(root, '');
  const problems = scan.found
    .filter(({ path }) => !permissions.some((permission) => isFor(permission, path)))
    .map(({ path, offset, rule }) => ({ path, offset, message: refusal(rule, path) }));
  const idle = permissions.filter((permission) => !scan.found.some(({ path }) => isFor(permission, path)));
  return [
    ...problems,
    ...scan.outside().map(({ index, rule }) => ({ offset: index, path: [], message: refusal(rule, []) })),
    ...idle.map(({ key, keyStart }) => ({ path: ['allowedSecrets', key], offset: keyStart, message: IDLE })),
  ];
}

const IDLE = 'allows nothing: no value of this file at this key looks like a credential; delete this line';

function refusal(rule: string, path: readonly string[]): string {
  const what = `looks like a credential (rule ${rule}), and this file is in Git; revoke it, keep the new one in the secret store and name it under secrets of the service`;
  if (path.length === 0) return `what stands here ${what}`;
  return `${what}, or, if it is none, say why under allowedSecrets, key ${JSON.stringify(path.join('.'))}`;
}

type Permission = MapNode['entries'][number];

/** The entries of `allowedSecrets`, but for those that only remove one of another file. */
function permissionsIn(root: Node | undefined): Permission[] {
  const map =
    root?.kind === 'map' ? root.entries.find(({ key }) => key === 'allowedSecrets')?.value : undefined;
  const entries = map?.kind === 'map' ? map.entries : [];
  return entries.filter(
    ({ value }) => value.kind !== 'scalar' || !value.plain || !/^(null|~|)$/i.test(value.text),
  );
}

const isFor = ({ key }: Permission, path: readonly string[]): boolean =>
  key === path.join('.') || key === keyOf(path);

/** Goes through a document and remembers what is suspicious. */
class Scan {
  readonly found: Found[] = [];
  readonly #text: string;
  /** False when the file as a whole has nothing of a known format. */
  readonly #formats: boolean;
  readonly #path: string[] = [];
  readonly #seen: string[] = [];

  constructor(text: string, formats: boolean) {
    this.#text = text;
    this.#formats = formats;
  }

  /** @param key what the node is called. */
  visit(node: Node, key: string): void {
    if (node.kind === 'scalar') this.#scalar(node, key);
    else if (node.kind === 'list') this.#list(node, key);
    else this.#map(node);
  }

  #list({ items }: ListNode, key: string): void {
    items.forEach((item, index) => {
      this.#path.push(String(index));
      this.visit(item, flagBefore(items[index - 1]) ?? key);
      this.#path.pop();
    });
  }

  #map(map: MapNode): void {
    for (const { key, keyStart, value } of map.entries) {
      this.#path.push(key);
      if (this.#formats) this.#key(key, keyStart);
      this.visit(value, key === 'value' ? (nameOf(map) ?? key) : key);
      this.#path.pop();
    }
  }

  #key(key: string, start: number): void {
    this.#seen.push(key);
    if (this.#path[0] !== 'allowedSecrets') this.#tell(formatsIn(key), start);
  }

  #scalar({ text, start }: ScalarNode, key: string): void {
    if (this.#formats) this.#seen.push(text);
    this.#tell(suspicionsOf(this.#path, key, text, this.#formats ? formatsIn(text) : []), start);
  }

  #tell(suspicions: readonly Suspicion[], start: number): void {
    const after = new Map<string, number>();
    for (const { rule, found } of suspicions) {
      const offset = this.#text.indexOf(found, after.get(found) ?? start);
      after.set(found, offset < 0 ? start : offset + found.length);
      this.found.push({ path: [...this.#path], rule, offset: offset < 0 ? start : offset });
    }
  }

  /** Known formats in what is neither key nor value: comments, and whatever a broken file holds. */
  outside() {
    if (!this.#formats) return [];
    return formatsIn(this.#text).filter(({ found }) => !this.#seen.some((value) => value.includes(found)));
  }
}

/** `--token` before an item of a list of arguments says what the item is. */
function flagBefore(item: Node | undefined): string | undefined {
  return item?.kind === 'scalar' ? /^--?([A-Za-z][\w-]*)$/.exec(item.text)?.[1] : undefined;
}

/** The name beside a `value`, as environment variables have it in Kubernetes. */
function nameOf(map: MapNode): string | undefined {
  const name = map.entries.find(({ key }) => key === 'name')?.value;
  return name?.kind === 'scalar' ? name.text : undefined;
}
