import { valueDifferences } from '../check/parity/difference.ts';
import { isMap, type Json } from '../json/json.ts';
import { keyOf } from '../problems/problem.ts';
import { find, type Node } from '../read/node.ts';
import { lineAndColumn } from '../read/place.ts';
import { readValue } from '../read/value.ts';
import { parseYaml } from '../read/yaml.ts';
import { schemas } from '../schema/compiled.ts';
import type { InputKind } from '../schema/schemas.ts';
import type { Cause } from './change.ts';
import type { State } from './state.ts';

/** An input file by its path. */
export interface InputPath {
  file: string;
  environment: string;
  kind: InputKind;
  /** Name of the service, or `platform`. */
  name: string;
}

/** What a path is an input of; undefined for what is none. */
export function inputAt(file: string): InputPath | undefined {
  const found = /^environments\/([^/]+)\/(platform|services\/([^/]+))\.yaml$/.exec(file);
  if (found === null) return undefined;
  const [, environment = '', what, name = 'platform'] = found;
  return { file, environment, kind: what === 'platform' ? 'platform' : 'service', name };
}

/** The inputs of a state. */
export const inputsOf = ({ files }: State): InputPath[] =>
  [...files.keys()].flatMap((file) => inputAt(file) ?? []);

/** The keys that two states say differently, file by file, without asking what follows from them. */
export class ChangedInputs {
  readonly #before: State;
  readonly #after: State;
  readonly #known = new Map<string, readonly Cause[]>();
  readonly #chains = new Map<string, readonly string[]>();
  readonly #texts = new Map<State, ReadonlyMap<string, string>>();
  #platforms: readonly string[] | undefined;

  constructor(before: State, after: State) {
    this.#before = before;
    this.#after = after;
  }

  /** True when any input is another. */
  get any(): boolean {
    return [...inputsOf(this.#before), ...inputsOf(this.#after)].some(({ file }) => this.#differs(file));
  }

  /** What is said differently of a service, or of the platform, in an environment and in those it starts from. */
  of(environment: string, service: string): readonly Cause[] {
    const files = this.chainOf(environment).flatMap((name) => [
      `environments/${name}/services/${service}.yaml`,
      `environments/${name}/platform.yaml`,
    ]);
    return files.flatMap((file) => this.#causes(file));
  }

  /** The environments whose layers an environment is made of; all of them for what belongs to none. */
  chainOf(environment: string): readonly string[] {
    const old = this.#chains.get(environment);
    if (old !== undefined) return old;
    const chain: string[] = [];
    if (!this.#platformFiles().some((file) => inputAt(file)?.environment === environment))
      chain.push(...this.#platformFiles().map((file) => inputAt(file)?.environment ?? ''));
    else for (let at = environment; !chain.includes(at); at = this.#parentOf(at)) chain.unshift(at);
    this.#chains.set(environment, chain);
    return chain;
  }

  /** True where the checks for production hold. */
  isProduction(environment: string): boolean {
    const chain = this.chainOf(environment);
    const said = chain
      .map((name) => this.#platform(name)['production'])
      .findLast((value) => value !== undefined);
    return (
      chain.includes(environment) && (said === true || (said === undefined && chain.includes('production')))
    );
  }

  /** True for a file that only one of the states has. */
  comesOrGoes(file: string): boolean {
    return this.#before.files.has(file) !== this.#after.files.has(file);
  }

  #platformFiles(): readonly string[] {
    this.#platforms ??= [
      ...new Set([...inputsOf(this.#before), ...inputsOf(this.#after)].map(({ file }) => file)),
    ].filter((file) => file.endsWith('/platform.yaml'));
    return this.#platforms;
  }

  #parentOf(environment: string): string {
    const parent = this.#platform(environment)['extends'];
    return typeof parent === 'string' ? parent : 'base';
  }

  #platform(environment: string): { [key: string]: Json } {
    const file = `environments/${environment}/platform.yaml`;
    const state = this.#after.files.has(file) ? this.#after : this.#before;
    const { value } = parsed(this.#text(state, file), 'platform');
    return isMap(value) ? value : {};
  }

  #differs(file: string): boolean {
    return this.#before.files.get(file) !== this.#after.files.get(file);
  }

  /** All texts that may be needed are read at once: Git starts slowly. */
  #text(state: State, file: string): string | undefined {
    const texts =
      this.#texts.get(state) ??
      state.read(
        inputsOf(state).flatMap((input) =>
          input.kind === 'platform' || this.#differs(input.file) ? [input.file] : [],
        ),
      );
    this.#texts.set(state, texts);
    return texts.get(file);
  }

  #causes(file: string): readonly Cause[] {
    if (!this.#differs(file)) return [];
    const old = this.#known.get(file);
    if (old !== undefined) return old;
    const { kind } = inputAt(file) ?? { kind: 'service' };
    const [before, after] = [this.#before, this.#after].map((state) => parsed(this.#text(state, file), kind));
    const causes = valueDifferences(before?.value, after?.value).map(({ path }): Cause => {
      const steps = path.map((step) => step.replace(/^\[(.*)\]$/s, '$1'));
      const side = after?.root === undefined ? before : after;
      const offset = find(side?.root, steps).keyStart;
      return { key: keyOf(steps), place: { file, ...lineAndColumn(side?.text ?? '', offset) } };
    });
    this.#known.set(file, causes);
    return causes;
  }
}

interface Parsed {
  text: string;
  root: Node | undefined;
  value: Json | undefined;
}

function parsed(text: string | undefined, kind: InputKind): Parsed {
  if (text === undefined) return { text: '', root: undefined, value: undefined };
  const { root } = parseYaml(text);
  return { text, root, value: root === undefined ? undefined : readValue(root, schemas[kind].layer) };
}
